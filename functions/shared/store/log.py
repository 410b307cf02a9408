"""The change log as stored: one item a segment in one partition, found by number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from functions.shared.bank import BankHash
from functions.shared.log import ORIGIN, Segment
from functions.shared.store.bank import BankStore
from functions.shared.store.codec import Item
from functions.shared.store.table import Table


@dataclass(frozen=True)
class LogStore:
    """The log and, for its readers, the hashes that it names."""

    table: Table
    bank: BankStore

    def tail(self) -> Segment:
        """Return the last segment, or `ORIGIN` while there is none."""
        item = self.table.last("log")
        return _read(item) if item else ORIGIN

    def segment(self, number: int) -> Segment:
        """Return one segment.

        Raises:
            KeyError: the log does not reach that far.
        """
        item = self.table.get(("log", _sort_key(number)))
        if item is None:
            raise KeyError(number)
        return _read(item)

    def segments(self, first: int, last: int) -> Iterator[Segment]:
        """Yield the segments of these numbers, both included."""
        yield from map(_read, self.table.query("log", first=_sort_key(first), last=_sort_key(last)))

    def hashes(self, ids: Sequence[str]) -> Mapping[str, BankHash]:
        """Return the current state of these hashes; erased ones are absent."""
        return self.bank.by_id(ids)

    def append(self, segment: Segment) -> None:
        """Store the next segment: the only point at which the log grows.

        Raises:
            Conflict: a rival has logged a segment of this number. Nothing was written.
        """
        self.table.put_new(
            {
                "pk": "log",
                "sk": _sort_key(segment.number),
                "number": segment.number,
                "ts": segment.ts,
                "in_second": segment.in_second,
                "changes": [f"{hash_id} {version}" for hash_id, version in segment.changes],
            }
        )


def _sort_key(number: int) -> str:
    return f"{number:012d}"


def _read(item: Item) -> Segment:
    pairs = (entry.split(" ") for entry in item["changes"])
    changes = tuple((hash_id, int(version)) for hash_id, version in pairs)
    return Segment(item["number"], item["ts"], item["in_second"], changes)
