"""The outbox: one row for each version of each hash, written with it, until it is in the log."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from functions.shared.errors import Conflict
from functions.shared.log import Change
from functions.shared.store.codec import Item, Key, encode, encode_key
from functions.shared.store.table import Table
from functions.shared.store.transactions import put_anyway, transact

SHARDS = 4
"""Partitions that share the writes; each takes about 300 changes a second."""

ASIDE = "aside"
"""The partition of rows that mean nothing, until an operator has looked at them."""

LONGEST_ID = 128
"""Ids are 22 symbols. A segment of 99 that were much longer would not fit into an item."""


@dataclass(frozen=True)
class Waiting:
    """What one look at the outbox found, oldest first."""

    changes: list[Change]
    malformed: list[Item]
    """Rows that cannot be read as a change, as they are stored."""


@dataclass(frozen=True)
class Outbox:
    """What is committed and not yet logged."""

    table: Table

    def look(self, most: int) -> Waiting:
        """Return the oldest rows of all shards: at most `most` changes, and what is malformed."""
        rows = [row for shard in range(SHARDS) for row in self._shard(shard, most)]
        read = [(row, read_row(row)) for row in rows]
        changes = sorted(change for _, change in read if change)
        return Waiting(changes[:most], [row for row, change in read if change is None])

    def oldest(self, most: int) -> list[Change]:
        """Return the oldest changes of all shards, at most `most`, oldest first."""
        return self.look(most).changes

    def forget(self, changes: Sequence[Change]) -> None:
        """Delete the rows of changes that are in the log.

        A row is named by hash *and version*: named by hash alone, this would also delete a newer
        change that came in between.
        """
        self.table.delete_many([_key(change) for change in changes])

    def set_aside(self, row: Item, now: int) -> bool:
        """Move a malformed row out of the way; return whether it was this call that did.

        Only as it was read: one that an operator has mended in between stays where it is. What an
        operator put back as wrong as it was takes the place of what was set aside before.
        """
        moved = {"pk": ASIDE, "sk": _place_aside(row), "row": row, "set_aside": now}
        writes = [self._delete_unchanged(row), put_anyway(self.table, moved)]
        try:
            transact(self.table.client, writes)
        except Conflict:
            return False
        return True

    def _shard(self, shard: int, most: int) -> list[Item]:
        return list(islice(self.table.query(f"outbox#{shard}", step=most), most))

    def _delete_unchanged(self, row: Item) -> Any:
        """Return the transaction entry that deletes a row if it still says what was read."""
        said = {f":{name}": row[name] for name in _SAID if name in row}
        conditions = [
            f"#{name} = :{name}" if name in row else f"attribute_not_exists(#{name})"
            for name in _SAID
        ]
        entry: Item = {
            "TableName": self.table.name,
            "Key": encode_key((row["pk"], row["sk"])),
            "ConditionExpression": " AND ".join(["attribute_exists(pk)", *conditions]),
            "ExpressionAttributeNames": {f"#{name}": name for name in _SAID},
        }
        if said:
            entry["ExpressionAttributeValues"] = encode(said)
        return {"Delete": entry}


_SAID = ("at", "hash_id", "version")


def _place_aside(row: Item) -> str:
    """Return the sort key of a row that is set aside: of any row's key, however long that is."""
    return hashlib.sha256(f"{row['pk']}#{row['sk']}".encode()).hexdigest()


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


def read_row(row: Item) -> Change | None:
    """Return the change that a row announces, or nothing if it is malformed.

    A row that stands under another key than its own is: it would be logged and never forgotten.
    """
    match row:
        case {"at": bool()} | {"version": bool()}:
            return None  # a truth value passes for the number 1 in Python
        case {"at": int(at), "hash_id": str(hash_id), "version": int(version)}:
            change = Change(at, hash_id, version)
            named = 0 < len(hash_id) <= LONGEST_ID and not any(map(str.isspace, hash_id))
            well = named and version > 0 and _key(change) == (row["pk"], row["sk"])
            return change if well else None
    return None


def _key(change: Change) -> Key:
    shard = hashlib.sha256(change.hash_id.encode()).digest()[0] % SHARDS
    return f"outbox#{shard}", f"{change.at:012d}#{change.hash_id}#{change.version:08d}"
