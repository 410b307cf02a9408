"""A process of its own that sequences, writes or reads at the local AWS: `python -m … ROLE …`."""

import json
import os
import random
import sys
import time
from typing import Any

from botocore.config import Config

from functions.create_case.handler import create_case
from functions.partner_sync.sequence import sequence
from functions.partner_sync.submit_feedback import SubmittedFeedback, submit_feedback
from functions.shared.app import App
from functions.shared.credentials import ALPHABET, check_symbol
from functions.shared.errors import TryAgain
from functions.shared.problems import problem_of
from functions.withdraw.handler import withdraw
from tests.people import PIN, credentials, new_case, pdq
from tests.rights import session
from tests.world import CHEAP

POOL = 12
"""Hashes that everybody fights over."""


def app() -> App:
    """Return an App at the local AWS; its address and tables are in the environment."""

    def connect(service: str, region: str | None = None) -> Any:
        made: Any = session().client(  # type: ignore[call-overload]
            service, region, config=Config(proxies={}, retries={"total_max_attempts": 3})
        )
        return made

    return App(os.environ, connect, kdf=CHEAP)


def write(seed: int, seconds: float) -> list[dict[str, Any]]:
    """Open cases, withdraw some and answer about hashes; return what was acknowledged."""
    draw, ours, done = random.Random(seed), app(), []  # noqa: S311 - a test's
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        symbols = "".join(draw.choices(ALPHABET, k=19))
        number, first, count = symbols + check_symbol(symbols), draw.randrange(POOL), 3
        case = new_case(count, first=first, number=number)
        insist(lambda: create_case(case, ours))  # noqa: B023 - called at once
        hashes = [pdq(first + place) for place in range(count)]
        if withdrawn := draw.random() < 0.5:
            insist(lambda: withdraw(credentials(number, PIN), ours))  # noqa: B023
        done.append({"hashes": hashes, "withdrawn": withdrawn})
        items = [{"hashValue": hashes[0], "feedbackValue": "Blocked"}]
        answer = SubmittedFeedback.model_validate({"count": 1, "hashFeedbacks": items})
        insist(lambda: submit_feedback("example-social", answer, ours))  # noqa: B023
    return done


def insist(act: Any) -> Any:
    """Ask until it is not to try again."""
    while True:
        try:
            return act()
        except Exception as error:
            if not isinstance(problem_of(error), TryAgain):
                raise


def main() -> None:
    """Play a role for some seconds and print what came of it."""
    role, seed, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    if role == "write":
        print(json.dumps(write(seed, seconds)))  # noqa: T201 - its answer
        return
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        insist(lambda: sequence(app()))


if __name__ == "__main__":
    main()
