"""How long the published client needs to have the whole bank, and then what changed in it.

The library of PyPI's threatexchange, unmodified, against the whole system on this machine. Beside
it stands what nobody can do without: reading the same items with a bare boto3 client.
"""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from threatexchange.exchanges.clients.stopncii.api import (
    FetchHashesResponse,
    StopNCIIAPI,
    StopNCIIEndpoint,
)

from bench import filled, processor
from bench.table import Table
from functions.shared.bank import BankHash, FeedbackValue
from functions.shared.store import Store
from local.system import EXAMPLE, Plan, System, running

HASHES = 100_000
CHANGES = 1_000
ROUNDS = 3
"""Of changes; their medians would say little, so all are summed up."""
KEYS_A_READ = 100

FULL = "full"
SINCE = "incremental"


@dataclass(frozen=True)
class Spent:
    """What a run took: seconds that passed, and processor seconds of both sides."""

    records: int
    pages: int
    wall: float
    server: float
    client: float
    bare: float
    """Of a boto3 client that reads the same items and makes nothing of them."""

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(*(getattr(self, name) + getattr(other, name) for name in _FIELDS))


_FIELDS = tuple(Spent.__dataclass_fields__)


@dataclass(frozen=True)
class Bench:
    """The published client, the function that answers it, and the tables behind that."""

    client: StopNCIIAPI
    function: str
    store: Store

    def run(self, start: int) -> tuple[Spent, int]:
        """Fetch everything from a checkpoint on; return what it took, and the next checkpoint."""
        server, own, begun = processor.seconds(self.function), time.process_time(), time.time()
        pages: list[FetchHashesResponse] = list(self.client.fetch_hashes_iter(start))
        wall, own = time.time() - begun, time.process_time() - own
        server = processor.seconds(self.function) - server
        ids = self._ids_since(start)
        bare = _processor_seconds(lambda: self._read(ids))
        records = sum(len(page.hashRecords) for page in pages)
        assert len(ids) == records, "the client has all there is, and each once"
        return Spent(records, len(pages), wall, server, own, bare), pages[-1].nextSetTimestamp

    def _ids_since(self, start: int) -> list[str]:
        log = self.store.log
        segments = log.segments(1, log.tail().number)
        named = (one for each in segments if each.ts >= start for one, _ in each.changes)
        return list(dict.fromkeys(named))

    def _read(self, ids: Sequence[str]) -> None:
        """Read these hashes as boto3 gives them, a hundred at a time."""
        table, client = self.store.bank_table, self.store.client
        for first in range(0, len(ids), KEYS_A_READ):
            keys: Any = [
                {"pk": {"S": f"hash#{one}"}, "sk": {"S": "hash"}}
                for one in ids[first : first + KEYS_A_READ]
            ]
            client.batch_get_item(RequestItems={table: {"Keys": keys, "ConsistentRead": True}})


def main() -> None:
    with _filled() as (system, store, hashes, took):
        function = processor.function_of(system.cloud, "FetchHashes")
        bench = Bench(_client_of(system), function, store)
        full, checkpoint = bench.run(StopNCIIAPI.DEFAULT_START_TIME)
        since, waited = Spent(0, 0, 0, 0, 0, 0), 0.0
        for number in range(ROUNDS):
            waited += _changed(system, store, hashes, number)
            spent, checkpoint = bench.run(checkpoint)
            since += spent
    print(table(took, waited, {FULL: full, SINCE: since}))


@contextmanager
def _filled() -> "Iterator[tuple[System, Store, list[BankHash], float]]":
    with TemporaryDirectory() as folder, running(Plan.throwaway(Path(folder))) as system:
        next(child for child in system.children if child.name == "Example Social").stop()
        store, hashes = filled.store_of(system), filled.some_hashes(HASHES)
        begun = time.time()
        filled.fill(system, store, hashes)
        filled.wait_until_quiet(system, store)
        yield system, store, hashes, time.time() - begun


def _changed(system: System, store: Store, hashes: Sequence[BankHash], number: int) -> float:
    """Let another partner answer about some hashes; return how long until all is in the log."""
    now, begun = int(time.time()), time.time()
    some = hashes[number * CHANGES : (number + 1) * CHANGES]
    answered = [one.answered("another", FeedbackValue.BLOCKED, ("seen",), now) for one in some]
    filled.change(store, answered)
    filled.wait_until_quiet(system, store)
    return time.time() - begun


def _client_of(system: System) -> StopNCIIAPI:
    own = system.partners[EXAMPLE].keys
    key = own.function_keys[StopNCIIEndpoint.FetchHashes.value]
    return StopNCIIAPI(own.subscription_key, key, base_url_override=f"{system.page}/v1")


def _processor_seconds(work: Callable[[], None]) -> float:
    begun = time.process_time()
    work()
    return time.process_time() - begun


def table(filling: float, waiting: float, runs: dict[str, Spent]) -> Table:
    return Table(
        f"Sync: the published client, {HASHES:,} hashes, then {ROUNDS} times {CHANGES:,} changes",
        f"Filling took {filling:.0f} s; {CHANGES:,} changes were in the log and told after "
        f"{waiting / ROUNDS:.1f} s each time. An incremental run starts at the last one's "
        "nextSetTimestamp, so it may bring the last second of before once more. Processor "
        "milliseconds per 1,000 records: of the function that answers, of the published client "
        "that asks, and of a bare boto3 client that reads the same items, which is ratio 1.00.",
        ("", "records", "pages", "s", "records/s", "function", "client", "bare", "ratio"),
        [_row(name, spent) for name, spent in runs.items()],
    )


def _row(name: str, spent: Spent) -> tuple[str, ...]:
    each = (spent.server, spent.client, spent.bare)
    return (
        name,
        f"{spent.records}",
        f"{spent.pages}",
        f"{spent.wall:.2f}",
        f"{spent.records / spent.wall:.0f}",
        *(f"{1_000_000 * seconds / spent.records:.1f}" for seconds in each),
        f"{spent.server / spent.bare:.2f}",
    )


if __name__ == "__main__":
    main()
