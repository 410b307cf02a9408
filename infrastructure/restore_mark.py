"""What is decided once for a restored bank, however often the restore is run: its mark.

It is written down in the bank, with the table's identity, so that a second run over the same table
finds it. The highest floor of all is kept in the ledger, which no restore takes back.
"""

from dataclasses import dataclass
from datetime import date

from functions.shared.app import App
from functions.shared.store.codec import Item
from functions.shared.store.table import Table
from functions.shared.store.transactions import put_anyway, transact

STEP = 1_000_000
"""More versions than a hash gets by itself: each is an answer of a partner, or a case."""

CLOCK_JUMP = 86_400
"""Seconds by which the log may have been ahead: a clock that was wrong by a day, and no more."""

_MARK = ("restored", "restored")
_HIGHEST = ("restores", "highest")


@dataclass(frozen=True)
class Mark:
    """Above what partners can have seen."""

    floor: int
    """Every hash gets a version above it."""
    log_time: int
    """The log goes on from it, in seconds since 1970."""


def mark_of(app: App, since: date, log_time: int | None) -> Mark:
    """Return the mark of this restore; a new one the first time.

    `log_time` is that of the log that was lost. If it is not known, it is taken to have been ahead
    by as much as a clock may be wrong.
    """
    bank = app.store.bank.table
    this: Item = {"since": since.isoformat(), "table": _identity(bank)}
    stored = bank.get(_MARK) or {}
    known = stored if {name: stored.get(name) for name in this} == this else {}
    ledger = app.store.erasures.table
    floor = known.get("floor") or STEP + _highest(ledger)
    mark = Mark(floor, log_time or known.get("log_time") or app.now() + CLOCK_JUMP)
    kept = {"pk": _MARK[0], "sk": _MARK[1], "floor": mark.floor, "log_time": mark.log_time}
    noted = {"pk": _HIGHEST[0], "sk": _HIGHEST[1], "floor": max(floor, _highest(ledger))}
    transact(bank.client, [put_anyway(bank, kept | this), put_anyway(ledger, noted)])
    return mark


def _highest(ledger: Table) -> int:
    noted = ledger.get(_HIGHEST)
    return int(noted["floor"]) if noted else 0


def _identity(table: Table) -> str:
    """Return what tells this table from others of its name: a restore makes a new one."""
    told = table.client.describe_table(TableName=table.name)["Table"]
    return f"{told.get('TableId', '')} {told['CreationDateTime'].timestamp()}"
