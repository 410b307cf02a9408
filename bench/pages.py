"""What one page of the feed costs in banks of three sizes: a page must not feel how large one is.

Calls of AWS and processor time of the code that runs in Lambda, from the request's parameters to
the answer's text. The bank is generated, and the network is left out.
"""

import json
import math
import random
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import thread_time
from typing import Any

from bench.caught import TABLE
from bench.generated import BEGUN, Bank, ts_of
from bench.table import Table
from bench.unsent import Unsent
from functions.partner_sync.fetch_hashes import USUAL_PAGE, fetch_hashes
from functions.shared.app import App
from functions.shared.feed import Cursor
from functions.shared.page_tokens import PageTokens

SIZES = {"10 k": 10_000, "1 M": 1_000_000, "10 M": 10_000_000}
LIMIT = 0.05
ROUNDS = 30
WARM_UP = 2

PARTNER = "example-social"
FULL = 10
"""Where the published client starts when it knows nothing."""
HOUR = 3_600

Asked = tuple[int, str]
"""startTimestamp and nextPageToken."""


class _Mac:
    """Stands in for KMS, which is asked twice in a process's life."""

    def generate_mac(self, **asked: Any) -> dict[str, bytes]:
        return {"Mac": bytes(32)}


@dataclass(frozen=True)
class Spent:
    """What one page cost."""

    calls: int
    milliseconds: float


@dataclass(frozen=True)
class Reader:
    """A partner's way to the feed of one bank, in this process."""

    bank: Bank
    cloud: Unsent
    app: App
    chance: random.Random = field(default_factory=lambda: random.Random(1))  # noqa: S311

    @classmethod
    def of(cls, bank: Bank) -> "Reader":
        """Return the reader of a bank."""
        cloud = Unsent(bank)
        clients = {"dynamodb": cloud.client, "kms": _Mac()}
        env = {"BANK_TABLE": TABLE, "MAC_KEY": "key"}
        now = ts_of(bank.segments) + 1
        return cls(bank, cloud, App(env, lambda service, _=None: clients[service], lambda: now))

    def spent(self, asked: Asked) -> Spent:
        """Fetch one page; return what it cost."""
        start, token = asked
        calls, inside, begun = self.cloud.calls, self.cloud.seconds, thread_time()
        body: Any = fetch_hashes(PARTNER, start, USUAL_PAGE, token, self.app).body
        text = json.dumps(body)
        took = thread_time() - begun - (self.cloud.seconds - inside)
        assert text.count('"hashValue"') == USUAL_PAGE
        assert body["hasMoreRecords"]
        return Spent(self.cloud.calls - calls, 1_000 * took)

    def token_of_the_middle(self) -> str:
        """Return the token that leads to the middle of a full run."""
        tokens = PageTokens(self.app.mac.derived_key("page tokens"), PARTNER)
        last = self.bank.segments
        return tokens.seal(Cursor(FULL, last // 2, 5, last), self.app.now())

    def any_time(self) -> int:
        """Return some checkpoint, with a page and more behind it."""
        return self.chance.randint(BEGUN, ts_of(self.bank.segments - 20))


KINDS: Mapping[str, Callable[[Reader], Asked]] = {
    "first page of a full fetch": lambda reader: (FULL, ""),
    "page in the middle, by token": lambda reader: (FULL, reader.token_of_the_middle()),
    "first page since an hour ago": lambda reader: (reader.app.now() - HOUR, ""),
    "first page since some checkpoint": lambda reader: (reader.any_time(), ""),
}


def main() -> None:
    readers = [Reader.of(Bank(size)) for size in SIZES.values()]
    rounds = [_round(readers) for _ in range(WARM_UP + ROUNDS)][WARM_UP:]
    print(table({kind: [each[kind] for each in rounds] for kind in KINDS}))


def _round(readers: Sequence[Reader]) -> dict[str, list[Spent]]:
    """Fetch a page of each kind from each bank, in turns, so that none has the quieter machine."""
    return {kind: [each.spent(ask(each)) for each in readers] for kind, ask in KINDS.items()}


def table(rounds: Mapping[str, Sequence[Sequence[Spent]]]) -> Table:
    return Table(
        f"Pages: one page of {USUAL_PAGE} records at {', '.join(SIZES)} hashes, {ROUNDS} rounds",
        "Calls of AWS are means, processor milliseconds medians, boto3's share with them and the "
        "network without. The slope is that of the straight line through the three on logarithmic "
        f"scales: 0 if the bank's size does not count, 1 if it counts fully; limit {LIMIT}.",
        ("", *(f"calls {size}" for size in SIZES), "slope", *_headed(), "slope", "limit"),
        [_row(kind, measured) for kind, measured in rounds.items()],
    )


def _headed() -> list[str]:
    return [f"ms {size}" for size in SIZES]


def _row(kind: str, measured: Sequence[Sequence[Spent]]) -> tuple[str, ...]:
    by_size = list(zip(*measured, strict=True))
    calls = [statistics.mean(one.calls for one in each) for each in by_size]
    times = [statistics.median(one.milliseconds for one in each) for each in by_size]
    return (
        kind,
        *(f"{each:.1f}" for each in calls),
        f"{slope(calls):.3f}",
        *(f"{each:.1f}" for each in times),
        f"{slope(times):.3f}",
        f"{LIMIT}",
    )


def slope(costs: Sequence[float]) -> float:
    """Return by which power of a bank's size the costs grow."""
    sizes = [math.log(size) for size in SIZES.values()]
    return statistics.linear_regression(sizes, [math.log(cost) for cost in costs]).slope


if __name__ == "__main__":
    main()
