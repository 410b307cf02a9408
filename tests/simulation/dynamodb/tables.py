"""The items of one table, by partition and in the order of their sort keys."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.simulation.dynamodb.places import Item
from tests.simulation.dynamodb.refused import invalid

Key = tuple[str, str]


@dataclass
class Partition:
    """Items by sort key. Python orders text as DynamoDB does: by code point."""

    items: dict[str, Item] = field(default_factory=dict)
    order: list[str] = field(default_factory=list)

    def between(self, first: str, last: str) -> list[str]:
        """Return the sort keys from first to last, both included."""
        return self.order[bisect_left(self.order, first) : bisect_right(self.order, last)]


@dataclass
class MemoryTable:
    """One table. Items are never changed in place, so whoever holds one holds a snapshot."""

    partitions: dict[str, Partition] = field(default_factory=dict)
    stale: dict[Key, Item | None] = field(default_factory=dict)
    """What each item that was written was before."""

    def get(self, key: Key) -> Item | None:
        """Return an item, or nothing."""
        partition = self.partitions.get(key[0])
        return partition.items.get(key[1]) if partition else None

    def partition(self, pk: str) -> Partition:
        """Return a partition, which may be empty."""
        return self.partitions.get(pk) or Partition()

    def put(self, key: Key, item: Item | None) -> None:
        """Store an item under its key; nothing, to delete it."""
        partition = self.partitions.setdefault(key[0], Partition())
        before = partition.items.get(key[1])
        self.stale[key] = before
        if item is not None:
            if before is None:
                insort(partition.order, key[1])
            partition.items[key[1]] = item
        elif before is not None:
            del partition.items[key[1]]
            del partition.order[bisect_left(partition.order, key[1])]

    def all(self) -> Iterator[Item]:
        """Yield every item."""
        for pk in sorted(self.partitions):
            partition = self.partitions[pk]
            yield from (partition.items[sk] for sk in partition.order)


def key_of(item: Item) -> Key:
    """Return the key of an item, or the key that a request names."""
    try:
        key = item["pk"]["S"], item["sk"]["S"]
    except KeyError:
        raise invalid("the key is missing or no text") from None
    if not all(key):
        raise invalid("an empty key")
    return key
