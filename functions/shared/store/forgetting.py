"""Withdrawn links by the day of their withdrawal, until hashes and partners have forgotten them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from functions.shared.forgetting import Forgotten
from functions.shared.store.bank import BankStore
from functions.shared.store.log import published_key
from functions.shared.store.transactions import (
    MOST_WRITES_A_TRANSACTION,
    delete,
    put_anyway,
    transact,
)
from functions.shared.store.withdrawn_rows import WithdrawnLink, partition_of, row_key

WRITES_A_FORGOTTEN = 5
"""Of a hash that goes: itself, its pointer, its dispute, its first mention, and the link's row."""

_EMPTIED = "emptied"

FORGOTTEN_A_TRANSACTION = MOST_WRITES_A_TRANSACTION // WRITES_A_FORGOTTEN


@dataclass(frozen=True)
class ForgettingStore:
    """What is withdrawn and not forgotten yet."""

    bank: BankStore

    def withdrawn_on(self, day: date) -> Iterator[WithdrawnLink]:
        """Yield the links that were withdrawn on a day and are not forgotten yet."""
        for item in self.bank.table.query(partition_of(day)):
            yield WithdrawnLink(item["hash_id"], item["link_id"], day)

    def emptied(self) -> date | None:
        """Return the day before which no withdrawn link is left, if that was ever noted."""
        noted = self.bank.table.last(_EMPTIED)
        return date.fromisoformat(noted["before"]) if noted else None

    def note_emptied(self, before: date) -> None:
        """Note that no link is left that was withdrawn before this day.

        A run that is late may note an earlier day again: then a few days are read once more.
        """
        noted = {"pk": _EMPTIED, "sk": _EMPTIED, "before": before.isoformat()}
        transact(self.bank.table.client, [put_anyway(self.bank.table, noted)])

    def forget(self, done: Iterable[WithdrawnLink], forgotten: Iterable[Forgotten]) -> None:
        """Store what is left of hashes, or erase them, and call these links done; all or nothing.

        At most `FORGOTTEN_A_TRANSACTION` links at a time.

        Raises:
            Conflict: a hash has moved on since it was read. Nothing was written.
        """
        writes = [entry for one in forgotten for entry in self._writes(one)]
        rows = [delete(self.bank.table, row_key(one)) for one in done]
        transact(self.bank.table.client, [*writes, *rows])

    def _writes(self, one: Forgotten) -> list[Any]:
        if one.left:
            return self.bank.writes([one.left])
        return [
            *self.bank.erasures(one.seen),
            delete(self.bank.table, published_key(one.seen.id)),
        ]
