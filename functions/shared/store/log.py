"""The change log as stored: one item a segment in one partition, found by number."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from functions.shared.bank import BankHash
from functions.shared.log import ORIGIN, Segment
from functions.shared.store.bank import BankStore
from functions.shared.store.codec import Item, Key, encode, encode_key
from functions.shared.store.table import Table
from functions.shared.store.transactions import put, transact

SEGMENTS_A_READ = 12
"""So many full ones are enough for the largest page of the feed. Where they are not full, each
further read is of twice as many."""


@dataclass(frozen=True)
class LogStore:
    """The log and, for its readers, the hashes that it names."""

    table: Table
    bank: BankStore

    def tail(self) -> Segment:
        """Return the last segment, or `ORIGIN` while there is none."""
        item = self.table.last("log")
        return _read(item) if item else ORIGIN

    def times(self, numbers: Sequence[int]) -> Mapping[int, int]:
        """Return the `ts` of segments by their numbers, without the changes in them.

        Raises:
            KeyError: the log lacks one of them.
        """
        keys = [("log", _sort_key(number)) for number in numbers]
        found = {item["number"]: item["ts"] for item in self.table.get_many(keys, only=_TIME)}
        return {number: found[number] for number in numbers}

    def segments(self, first: int, last: int) -> Iterator[Segment]:
        """Yield the segments of these numbers, both included."""
        size = SEGMENTS_A_READ
        while first <= last:
            end = min(first + size, last + 1)
            # A read that brought as many as it may would be followed by another, for nothing.
            yield from map(_read, self._between(first, end - 1, step=size + 1))
            first, size = end, 2 * size

    def hashes(self, ids: Sequence[str]) -> Mapping[str, BankHash]:
        """Return the current state of these hashes; erased ones are absent."""
        return self.bank.by_id(ids)

    def published(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Return the time of the segment in which each of these hashes came up first."""
        items = self.table.get_many([published_key(hash_id) for hash_id in ids])
        return {item["hash_id"]: item["ts"] for item in items}

    def append(self, segment: Segment) -> None:
        """Store the next segment, with the time of each hash that it is the first to name.

        The only point at which the log grows.

        Raises:
            Conflict: a rival has logged a segment of this number. Nothing was written.
        """
        stored = put(self.table, _item(segment), "attribute_not_exists(pk)")
        first_times = [self._published(one, segment.ts) for one in segment.first_versions]
        transact(self.table.client, [stored, *first_times])

    def announced(self) -> int:
        """Return the number of the last segment that partners were told of, or 0."""
        item = self.table.get(_ANNOUNCED)
        return int(item["number"]) if item else 0

    def mark_announced(self, segment: Segment) -> None:
        """Remember that partners were told of a segment; it never goes back."""
        self.table.raise_to(_ANNOUNCED, "number", segment.number)

    def _between(self, first: int, last: int, step: int) -> Iterator[Item]:
        return self.table.query("log", first=_sort_key(first), last=_sort_key(last), step=step)

    def _published(self, hash_id: str, ts: int) -> Any:
        """Return the transaction entry that keeps the earliest time: a duplicate comes later."""
        values = {":hash_id": hash_id, ":ts": ts}
        return {
            "Update": {
                "TableName": self.table.name,
                "Key": encode_key(published_key(hash_id)),
                "UpdateExpression": "SET ts = if_not_exists(ts, :ts), hash_id = :hash_id",
                "ExpressionAttributeValues": encode(values),
            }
        }


_ANNOUNCED = ("announced", "announced")
_TIME = ("number", "ts")


def published_key(hash_id: str) -> Key:
    """Return where it is stored when a hash came up first."""
    return f"hash#{hash_id}", "published"


def _item(segment: Segment) -> Item:
    return {
        "pk": "log",
        "sk": _sort_key(segment.number),
        "number": segment.number,
        "ts": segment.ts,
        "in_second": segment.in_second,
        "changes": [f"{hash_id} {version}" for hash_id, version in segment.changes],
    }


def _sort_key(number: int) -> str:
    return f"{number:012d}"


def _read(item: Item) -> Segment:
    pairs = (entry.split(" ") for entry in item["changes"])
    changes = tuple((hash_id, int(version)) for hash_id, version in pairs)
    return Segment(item["number"], item["ts"], item["in_second"], changes)
