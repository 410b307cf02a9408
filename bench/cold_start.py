"""What a new process of each function costs before its first answer, beside a bare boto3 client.

It runs the bundle as it is deployed, made for this machine, and nothing else is on the path.
"""

import os
import statistics
import sys
import sysconfig
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.table import Table
from infrastructure.bundle import bundle, host
from infrastructure.routes import (
    DELIVERER,
    ROUTES,
    SEQUENCER,
    SEQUENCER_GRANTS,
    UNROUTED,
    Grants,
)
from local.environment import CREDENTIALS, REGION

ROUNDS = 9

BARE = "boto3.client('dynamodb')"

_CLIENT = "import boto3; boto3.client('dynamodb')"
_FUNCTION = """
import importlib
importlib.import_module('functions.' + sys.argv[2])
from functions.shared.app import app
for service in sys.argv[3:]:
    app().connect(service)
"""
_PROGRAM = "import os, sys; sys.path.insert(0, sys.argv[1])\n{}\nos._exit(0)"
"""Ends without tearing down: Lambda freezes a process and never runs its last lines."""

_READ_ONLY = "sys.dont_write_bytecode = True\n"
"""As Lambda's file system is: a bundle that lacks its .pyc files shall show it in every round."""

_ISOLATED = ("-I", "-S")
"""Without the variables and the site-packages of whoever measures."""

_ENVIRONMENT = {
    **CREDENTIALS,
    "AWS_DEFAULT_REGION": REGION,
    "AWS_CONFIG_FILE": os.devnull,
    "POWERTOOLS_METRICS_NAMESPACE": "NotYours",
}


@dataclass(frozen=True)
class Start:
    """One way to start: a program, the only folder on its path, and the clients that it makes."""

    name: str
    program: str
    path: Path
    arguments: tuple[str, ...] = ()

    def milliseconds(self) -> float:
        """Start once; return the processor time it took, user and system.

        Raises:
            RuntimeError: the process failed.
        """
        command = [sys.executable, *_ISOLATED, "-c", self.program, str(self.path), *self.arguments]
        _, status, spent = os.wait4(os.posix_spawn(sys.executable, command, _ENVIRONMENT), 0)
        if status:
            raise RuntimeError(f"{self.name} does not start")
        return 1000 * (spent.ru_utime + spent.ru_stime)


def main() -> None:
    with TemporaryDirectory() as name:
        bundled = Path(name)
        bundle(bundled, host(), sys.executable)
        print(table(measured([*bare(bundled), *functions(bundled)])))


def bare(bundled: Path) -> Iterator[Start]:
    """Yield the reference, and the same client from the bundle."""
    yield Start(BARE, _PROGRAM.format(_CLIENT), Path(sysconfig.get_path("purelib")))
    yield Start(f"{BARE}, from the bundle", _PROGRAM.format(_READ_ONLY + _CLIENT), bundled)


def functions(bundled: Path) -> Iterator[Start]:
    """Yield each function with the clients that its first request needs."""
    program = _PROGRAM.format(_READ_ONLY + _FUNCTION)
    served = [(route.handler, _services(route.grants)) for route in ROUTES]
    workers = [(SEQUENCER, _services(SEQUENCER_GRANTS)), (DELIVERER, ("sqs",))]
    for handler, services in [*served, (UNROUTED, ()), *workers]:
        yield Start(handler, program, bundled, (handler, *services))


def measured(starts: Sequence[Start]) -> dict[Start, list[float]]:
    """Return each start's milliseconds, round by round.

    A round starts everything once, so that a machine that turns slow meanwhile turns slow for all.
    The first round only fills the file cache, and the virtual environment's .pyc files.
    """
    rounds = [[start.milliseconds() for start in starts] for _ in range(1 + ROUNDS)]
    return dict(zip(starts, map(list, zip(*rounds[1:], strict=True)), strict=True))


def table(taken: dict[Start, list[float]]) -> Table:
    reference, *_ = taken.values()
    return Table(
        f"Cold start: processor time of a new process, milliseconds, {ROUNDS} rounds",
        "From the start of Python to the handler imported and the clients of its first request "
        "made. 1.00 is `import boto3; boto3.client('dynamodb')` with the whole botocore of the "
        "virtual environment and its .pyc files. The ratio is the median of the rounds' ratios.",
        ("", "clients", "median", "least", "most", "ratio"),
        [_row(start, times, reference) for start, times in taken.items()],
    )


def _row(start: Start, times: Sequence[float], reference: Sequence[float]) -> tuple[str, ...]:
    ratio = statistics.median(map(lambda ours, theirs: ours / theirs, times, reference))
    figures = [f"{each:.0f}" for each in (statistics.median(times), min(times), max(times))]
    clients = " ".join(start.arguments[1:]) if start.arguments else "dynamodb"
    return start.name, clients, *figures, f"{ratio:.2f}"


def _services(grants: Grants) -> tuple[str, ...]:
    wanted = {
        "dynamodb": grants.cases or grants.bank,
        "kms": grants.mac,
        "sns": grants.publish,
    }
    return tuple(service for service, needed in wanted.items() if needed)


if __name__ == "__main__":
    main()
