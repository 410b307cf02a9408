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

import httpx

from bench.bare import Bare, create_bare
from bench.platform import Platform
from bench.table import Table
from functions.shared.credentials import Kdf
from local.system import EXAMPLE, Plan, running
from tests.people import pdq
from tests.person import Person

ROUNDS = 30
FOLLOWED = 200
"""Rounds of nothing but a case on its way to the feed: so many that one can speak of a p99."""
WARM_UP = 2
"""Rounds that do not count: in them every function's process starts."""

ANSWER = "POST /cases -> acknowledged"
FEED = "acknowledged -> in the feed"
TOLD = "acknowledged -> in the partner's queue"
STRETCH = "bare argon2id of one PIN"
PUT = "bare PutItem"
PUBLISH = "bare SNS publish -> in a queue"
SEND = "bare SQS send -> in a queue"
FETCH = "one FetchHashes"

LIMITS = {ANSWER: (STRETCH, PUT), FEED: (PUT, FETCH), TOLD: (PUT, PUBLISH, SEND)}
"""What none can do without. The PIN is stretched and the case stored. The log's segment is stored,
then somebody reads it; or it is published to our queue and sent on to the partner's."""

Times = dict[str, float]
"""Seconds, by what took them."""


def main() -> None:
    with TemporaryDirectory() as folder, running(Plan.throwaway(Path(folder))) as system:
        next(child for child in system.children if child.name == "Example Social").stop()
        browser = httpx.Client(base_url=system.page, timeout=30, trust_env=False)
        with browser, Platform.of(system, EXAMPLE) as platform:
            bare = create_bare(system.cloud)
            rounds = [_round(browser, platform, bare) for _ in range(WARM_UP + ROUNDS)]
            followed = [{FEED: _to_the_feed(browser, platform)} for _ in range(FOLLOWED)]
    print(table([*rounds[WARM_UP:], *followed]))


def _round(browser: httpx.Client, platform: Platform, bare: Bare) -> Times:
    _, answer, acknowledged = _reported(browser)
    told = platform.was_told() - acknowledged
    in_feed = _to_the_feed(browser, platform)
    return {
        ANSWER: answer,
        FEED: in_feed,
        TOLD: told,
        STRETCH: _seconds(lambda: Kdf().stretch("number", "pin", bytes(16))),
        PUT: bare.put_item(),
        PUBLISH: bare.publish(),
        SEND: bare.send(),
        FETCH: _seconds(platform.fetch),
    }


def _to_the_feed(browser: httpx.Client, platform: Platform) -> float:
    """Open a case; return the seconds from the answer until its hash is in the feed."""
    value, _, acknowledged = _reported(browser)
    took = platform.saw(value) - acknowledged
    platform.was_told()  # and everything is quiet again
    return took


def _reported(browser: httpx.Client) -> tuple[str, float, float]:
    """Open a case; return its hash, the seconds it took, and when the answer was here."""
    value, person = pdq(secrets.randbits(64)), Person("")
    case = {"number": person.number, "pin": person.pin, "total": 1, "offset": 0}
    signals = [{"type": "ImagePDQ", "value": value, "quality": 100}]
    took = _seconds(
        lambda: browser.post("/cases", json={**case, "signals": signals}).raise_for_status()
    )
    return value, took, time.time()


def _seconds(work: Callable[[], object]) -> float:
    begun = time.time()
    work()
    return time.time() - begun


def table(rounds: Sequence[Times]) -> Table:
    return Table(
        f"Journey: milliseconds, {ROUNDS} rounds one after another, the whole system here",
        "Below the three steps stand the bare calls that they are made of, on the same local AWS "
        "in the same run. The limit, 1.00, is the sum of medians: argon2id and PutItem for the "
        "answer; PutItem and one FetchHashes for the feed; PutItem, publish and send for the "
        "queue. The rest is the functions that the local AWS wakes: the sequencer, and for the "
        "queue the deliverer. The queue's own stamp counts, not the partner's wait for it. On the "
        f"way to the feed {FOLLOWED} more cases are followed, for the p99.",
        ("", "cases", "median", "p90", "p99", "most", "limit", "ratio"),
        [_row(name, rounds) for name in rounds[0]],
    )


def _row(name: str, rounds: Sequence[Times]) -> tuple[str, ...]:
    times = _milliseconds(name, rounds)
    hundredths = statistics.quantiles(times, n=100, method="inclusive")
    p99 = f"{hundredths[98]:.1f}" if len(times) >= FOLLOWED else ""
    usual = [f"{each:.1f}" for each in (statistics.median(times), hundredths[89])]
    figures = (f"{len(times)}", *usual, p99, f"{times[-1]:.1f}")
    if name not in LIMITS:
        return name, *figures, "", ""
    limit = sum(statistics.median(_milliseconds(part, rounds)) for part in LIMITS[name])
    return name, *figures, f"{limit:.1f}", f"{statistics.median(times) / limit:.1f}"


def _milliseconds(name: str, rounds: Sequence[Times]) -> list[float]:
    return sorted(1000 * one[name] for one in rounds if name in one)


if __name__ == "__main__":
    main()
