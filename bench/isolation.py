"""Whether a partner that answers nothing delays another: told to its webhook, with and without.

Two whole systems run here in the same minutes, and cases go to one and the other in turns. In the
first a healthy partner is alone; in the second stands one beside it whose receiver takes every
connection and never says a word, so that every attempt ends by its time.
"""

import json
import queue
import socket
import statistics
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import filled
from bench.table import Table
from functions.shared.store import Store
from local.system import Plan, System, running
from local.webhooks import Receivers
from tests.receivers import OK, Authority, Server, listening, over_tls, read_request

ROUNDS = 250
WARM_UP = 3
"""Attempts at the dead partner before anything counts: by then all that serves it has started, and
it is known to fail. Starting processes is work of this machine, which both systems share."""
PATIENCE = 60.0
"""Seconds. What takes longer is not late but lost."""
LIMIT = 1.5

HEALTHY, DEAD = "healthy", "dead"
ALONE, BESIDE = "alone", "beside one that never answers"


@dataclass(frozen=True)
class Inbox:
    """What the healthy partner was sent: when, and which hashes it told of."""

    arrivals: "queue.SimpleQueue[tuple[float, set[str]]]" = field(default_factory=queue.SimpleQueue)

    def behave(self, line: socket.socket, _: threading.Event) -> None:
        """Take a request, and say so."""
        body = read_request(line)[2]
        hashes = {change["hashId"] for change in json.loads(body)["changes"]}
        self.arrivals.put((time.time(), hashes))
        line.sendall(OK)

    def heard_of(self, hash_id: str) -> float:
        """Wait until a hash is told of; return when, in seconds since 1970."""
        while True:
            at, hashes = self.arrivals.get(timeout=PATIENCE)
            if hash_id in hashes:
                return at


@dataclass(frozen=True)
class Side:
    """One of the two systems, and its healthy partner's inbox."""

    system: System
    store: Store
    inbox: Inbox

    def told(self) -> float:
        """Store a hash; return the seconds from its acknowledgement until the partner hears."""
        [fresh] = filled.some_hashes(1)
        filled.change(self.store, [fresh])
        return -time.time() + self.inbox.heard_of(fresh.id)


def main() -> None:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory()))
        dead = stack.enter_context(listening(_never_answers))
        sides = {
            ALONE: stack.enter_context(_side(folder / "alone", None)),
            BESIDE: stack.enter_context(_side(folder / "beside", dead)),
        }
        while dead.connections < WARM_UP:
            _round(sides)
        rounds = [_round(sides) for _ in range(ROUNDS)]
        waiting, attempts = _waiting(sides[BESIDE]), dead.connections
    times = {name: [1_000 * one[name] for one in rounds] for name in sides}
    print(table(times, attempts, waiting))


def _round(sides: Mapping[str, Side]) -> dict[str, float]:
    return {name: side.told() for name, side in sides.items()}


@contextmanager
def _side(folder: Path, dead: Server | None) -> Iterator[Side]:
    """Run a system with a healthy partner, and with a dead one if there is a receiver for it."""
    folder.mkdir()
    authority, inbox = Authority.in_folder(folder), Inbox()
    with listening(over_tls(authority.serves("localhost"), inbox.behave)) as healthy:
        servers = {HEALTHY: healthy} | ({DEAD: dead} if dead else {})
        plan = replace(
            Plan.throwaway(folder / "system"),
            register=_register(folder, servers),
            receivers=_reachable(servers, authority),
        )
        with running(plan) as system:
            yield Side(system, filled.store_of(system), inbox)


def _register(folder: Path, servers: dict[str, Server]) -> Path:
    entries = [
        {
            "id": name,
            "name": name,
            "transport": {"kind": "webhook", "url": f"https://localhost:{server.port}/"},
        }
        for name, server in servers.items()
    ]
    file = folder / "partners.json"
    file.write_text(json.dumps(entries))
    return file


def _reachable(servers: dict[str, Server], authority: Authority) -> Receivers:
    here = [
        f"{host}:{server.port}" for server in servers.values() for host in ("127.0.0.1", "[::1]")
    ]
    return Receivers(here, authority.file)


def _never_answers(line: socket.socket, over: threading.Event) -> None:
    """Hold a connection, and do nothing with it."""
    over.wait()


def _waiting(side: Side) -> int:
    """Return how many notifications wait for the dead partner."""
    found = side.store.deliveries.table.query(DEAD, first="waiting#", last="waiting#~")
    return sum(1 for _ in found)


def table(times: Mapping[str, Sequence[float]], attempts: int, waiting: int) -> Table:
    alone = _p99(times[ALONE])
    return Table(
        f"Isolation: milliseconds from acknowledged to a webhook, {ROUNDS} rounds in turns",
        f"Meanwhile {attempts} attempts to reach the dead partner ended by their time, and "
        f"{waiting} notifications wait for it. The p99 alone is ratio 1.00; limit {LIMIT}.",
        ("", "median", "p90", "p99", "most", "ratio of p99"),
        [_row(name, each, alone) for name, each in times.items()],
    )


def _row(name: str, times: Sequence[float], alone: float) -> tuple[str, ...]:
    hundredths = statistics.quantiles(times, n=100, method="inclusive")
    figures = (statistics.median(times), hundredths[89], hundredths[98], max(times))
    return name, *(f"{each:.1f}" for each in figures), f"{_p99(times) / alone:.2f}"


def _p99(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100, method="inclusive")[98]


if __name__ == "__main__":
    main()
