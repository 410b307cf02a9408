"""Which sets of keys were revoked, by day, for whoever restores a backup that has them again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from functions.shared.cases import end_of
from functions.shared.store.erasures import KEPT_DAYS
from functions.shared.store.table import EXPIRES, Table
from functions.shared.store.transactions import put_anyway


@dataclass(frozen=True)
class RevokedSet:
    """A set of keys that opens nothing any more."""

    partner: str
    id: str
    digests: tuple[str, ...]
    """Of each of its keys: a backup may have some of them without the rest."""


@dataclass(frozen=True)
class Revocations:
    """Revoked sets by day, in the table that is never restored."""

    table: Table

    def entry(self, revoked: RevokedSet, today: date) -> Any:
        """Return the transaction entry that notes a revocation."""
        kept = {
            "partner": revoked.partner,
            "set": revoked.id,
            "digests": list(revoked.digests),
            EXPIRES: end_of(today, KEPT_DAYS),
        }
        key = {"pk": _day(today), "sk": f"{revoked.partner}#{revoked.id}"}
        return put_anyway(self.table, key | kept)

    def on(self, day: date) -> Iterator[RevokedSet]:
        """Yield the sets that were revoked on a day."""
        for item in self.table.query(_day(day)):
            yield RevokedSet(item["partner"], item["set"], tuple(item["digests"]))


def _day(day: date) -> str:
    return f"revoked#{day.isoformat()}"
