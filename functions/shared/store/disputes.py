"""Disputes as the operator finds them: one row a disputed hash, written with its version."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from functions.shared.bank import BankHash
from functions.shared.store.codec import Key
from functions.shared.store.table import Table
from functions.shared.store.transactions import delete, put_anyway


@dataclass(frozen=True)
class DisputeStore:
    """What waits for the operator."""

    table: Table

    def open(self) -> Iterator[str]:
        """Yield the ids of disputed hashes."""
        return (item["hash_id"] for item in self.table.query(_PARTITION))


_PARTITION = "disputes"


def changed_dispute(table: Table, item: BankHash) -> list[Any]:
    """Return the transaction entry for a version that opens or closes a dispute; else none."""
    dispute = item.dispute
    if dispute is None or dispute.version != item.version:
        return []
    pk, sk = dispute_key(item.id)
    row = {"pk": pk, "sk": sk, "hash_id": item.id, "since": dispute.at}
    return [put_anyway(table, row) if dispute.open else delete(table, (pk, sk))]


def dispute_key(hash_id: str) -> Key:
    """Return the key of a hash's row."""
    return _PARTITION, hash_id
