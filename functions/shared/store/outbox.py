"""The outbox: one row for each version of each hash, written with it, until it is in the log."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from functions.shared.log import Change
from functions.shared.store.codec import Item, Key
from functions.shared.store.table import Table

SHARDS = 4
"""Partitions that share the writes; each takes about 300 changes a second."""


@dataclass(frozen=True)
class Outbox:
    """What is committed and not yet logged."""

    table: Table

    def oldest(self, most: int) -> list[Change]:
        """Return the oldest changes of all shards, at most `most`, oldest first."""
        waiting = [change for shard in range(SHARDS) for change in self._shard(shard, most)]
        return sorted(waiting)[:most]

    def forget(self, changes: Sequence[Change]) -> None:
        """Delete the rows of changes that are in the log.

        A row is named by hash *and version*: named by hash alone, this would also delete a newer
        change that came in between.
        """
        self.table.delete_many([_key(change) for change in changes])

    def _shard(self, shard: int, most: int) -> Iterator[Change]:
        for item in islice(self.table.query(f"outbox#{shard}", step=most), most):
            yield Change(item["at"], item["hash_id"], item["version"])


def outbox_item(change: Change) -> Item:
    """Return the row that announces a change."""
    pk, sk = _key(change)
    return {
        "pk": pk,
        "sk": sk,
        "at": change.at,
        "hash_id": change.hash_id,
        "version": change.version,
    }


def _key(change: Change) -> Key:
    shard = hashlib.sha256(change.hash_id.encode()).digest()[0] % SHARDS
    return f"outbox#{shard}", f"{change.at:012d}#{change.hash_id}#{change.version:08d}"
