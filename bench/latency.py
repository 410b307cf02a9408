"""How long a case takes from its person's answer to the feed, and to the partner's queue.

The whole system runs, on this machine. Example Social is stopped and the bench takes its place,
since two cannot listen to one queue. One case is followed to one place at a time: asking the feed
without a pause keeps the machine so busy that it would delay the message.
"""

import secrets
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.bare import Bare, create_bare
from bench.platform import Platform
from bench.table import Table
from local.system import EXAMPLE, Plan, System, running
from tests.people import pdq
from tests.person import Person

ROUNDS = 30
WARM_UP = 2
"""Rounds that do not count: in them every function's process starts."""

ANSWER = "POST /cases -> acknowledged"
FEED = "acknowledged -> in the feed"
TOLD = "acknowledged -> in the partner's queue"
PUT = "bare PutItem"
PUBLISH = "bare SNS publish -> in a queue"
SEND = "bare SQS send -> in a queue"
FETCH = "one FetchHashes"

LIMITS = {FEED: (PUT, FETCH), TOLD: (PUT, PUBLISH, SEND)}
"""What each way cannot do without: the log's segment is stored, then somebody reads it, or it is
published to our queue and sent on to the partner's."""

Times = dict[str, float]
"""Seconds, by what took them."""


def main() -> None:
    with TemporaryDirectory() as folder, running(Plan.throwaway(Path(folder))) as system:
        next(child for child in system.children if child.name == "Example Social").stop()
        with Platform.of(system, EXAMPLE) as platform:
            bare = create_bare(system.cloud)
            rounds = [_round(system, platform, bare) for _ in range(WARM_UP + ROUNDS)]
    print(table(rounds[WARM_UP:]))


def _round(system: System, platform: Platform, bare: Bare) -> Times:
    _, answer, acknowledged = _reported(system)
    told = platform.was_told() - acknowledged
    value, _, acknowledged = _reported(system)
    in_feed = platform.saw(value) - acknowledged
    platform.was_told()  # and everything is quiet again
    return {
        ANSWER: answer,
        FEED: in_feed,
        TOLD: told,
        PUT: bare.put_item(),
        PUBLISH: bare.publish(),
        SEND: bare.send(),
        FETCH: _seconds(platform.fetch),
    }


def _reported(system: System) -> tuple[str, float, float]:
    """Open a case; return its hash, the seconds it took, and when the answer was here."""
    value, person = pdq(secrets.randbits(64)), Person(system.page)
    took = _seconds(lambda: person.report(value))
    return value, took, time.time()


def _seconds(work: Callable[[], object]) -> float:
    begun = time.time()
    work()
    return time.time() - begun


def table(rounds: Sequence[Times]) -> Table:
    return Table(
        f"Journey: milliseconds, {len(rounds)} cases one after another, the whole system here",
        "Below the line of a case stand the bare calls that its way is made of, on the same local "
        "AWS in the same run. The limit, 1.00, is the sum of their medians: PutItem and one "
        "FetchHashes to see it for the feed; PutItem, publish and send for the queue. The rest is "
        "the functions that the local AWS wakes: the sequencer, and for the queue the deliverer. "
        "The queue's own stamp counts, not the partner's wait for it.",
        ("", "median", "p90", "most", "limit", "ratio"),
        [_row(name, rounds) for name in rounds[0]],
    )


def _row(name: str, rounds: Sequence[Times]) -> tuple[str, ...]:
    times = sorted(1000 * one[name] for one in rounds)
    median, p90, most = statistics.median(times), times[int(0.9 * len(times))], times[-1]
    figures = [f"{each:.1f}" for each in (median, p90, most)]
    if name not in LIMITS:
        return name, *figures, "", ""
    limit = sum(1000 * statistics.median(one[part] for one in rounds) for part in LIMITS[name])
    return name, *figures, f"{limit:.1f}", f"{median / limit:.1f}"


if __name__ == "__main__":
    main()
