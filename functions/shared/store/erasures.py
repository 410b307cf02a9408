"""The ledger of erasures: which cases were withdrawn, by day, for whoever restores a backup."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from functions.shared.cases import end_of
from functions.shared.store.table import EXPIRES, Table
from functions.shared.store.transactions import put_anyway

KEPT_DAYS = 45
"""Longer than the 35 days that DynamoDB can keep of a table's past."""


@dataclass(frozen=True)
class ErasureStore:
    """Keys of withdrawn cases by day, in a table of its own that is never restored."""

    table: Table

    def entry(self, case_key: str, today: date) -> Any:
        """Return the transaction entry that notes an erasure. Noting it twice is noting it once."""
        return put_anyway(
            self.table,
            {"pk": _day(today), "sk": case_key, EXPIRES: end_of(today, KEPT_DAYS)},
        )

    def on(self, day: date) -> Iterator[str]:
        """Yield the keys of the cases that were withdrawn on a day."""
        return (item["sk"] for item in self.table.query(_day(day)))


def _day(day: date) -> str:
    return f"erased#{day.isoformat()}"
