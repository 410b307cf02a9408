"""Raises the version of every restored hash above all that partners can have seen.

Partners ignore versions at or below the one that they have. What was written after the moment to
which a table was restored is lost with its versions, so whatever comes next would be ignored.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any

from functions.shared.app import App
from functions.shared.log import Change
from functions.shared.store.codec import Item, decode, encode, encode_key
from functions.shared.store.outbox import outbox_item
from functions.shared.store.patience import until_it_holds
from functions.shared.store.table import Table
from functions.shared.store.transactions import put_anyway, transact

STEP = 1_000_000
"""More versions than a hash gets by itself: each is an answer of a partner, or a case."""

HASHES_A_TRANSACTION = 50

_MARK = ("restored", "restored")
_HIGHEST = ("restores", "highest")


def floor_of(app: App, since: date) -> int:
    """Return the version above which a restored bank's hashes are to be.

    It is written down in the bank, so that a second run over the same table finds it, and the
    highest one of all in the ledger, which no restore takes back.
    """
    bank, ledger = app.store.bank.table, app.store.erasures.table
    this = {"since": since.isoformat(), "table": _identity(bank)}
    mark = bank.get(_MARK)
    if mark and {name: mark[name] for name in this} == this:
        return int(mark["floor"])
    highest = ledger.get(_HIGHEST)
    floor = STEP + (highest["floor"] if highest else 0)
    ledger.raise_to(_HIGHEST, "floor", floor)
    transact(
        bank.client, [put_anyway(bank, {"pk": _MARK[0], "sk": _MARK[1], "floor": floor, **this})]
    )
    return floor


def raise_versions(app: App, floor: int) -> int:
    """Raise every hash that is not above `floor` yet, with its outbox row; return how many."""
    bank = app.store.bank.table
    raised = 0
    for page in _pages(bank):
        low = [item for item in page if item["version"] < floor]
        for first in range(0, len(low), HASHES_A_TRANSACTION):
            part = low[first : first + HASHES_A_TRANSACTION]
            until_it_holds(partial(_raise, bank, part, floor, app.now()))
            raised += len(part)
    return raised


def _pages(bank: Table) -> Iterator[list[Item]]:
    pages = bank.client.get_paginator("scan").paginate(
        TableName=bank.name,
        ConsistentRead=True,
        FilterExpression="sk = :hash",
        ExpressionAttributeValues=encode({":hash": "hash"}),
    )
    for page in pages:
        yield [decode(item) for item in page["Items"]]


def _raise(bank: Table, items: Sequence[Item], floor: int, now: int) -> None:
    transact(bank.client, [entry for item in items for entry in _writes(bank, item, floor, now)])


def _writes(bank: Table, item: Item, floor: int, now: int) -> list[Any]:
    version, at = floor + item["version"] % STEP, max(now, item["changed_at"])
    values = {":version": version, ":at": at, ":seen": item["version"]}
    raised = {
        "Update": {
            "TableName": bank.name,
            "Key": encode_key((item["pk"], item["sk"])),
            "UpdateExpression": "SET version = :version, changed_at = :at",
            "ConditionExpression": "version = :seen",
            "ExpressionAttributeValues": encode(values),
        }
    }
    return [raised, put_anyway(bank, outbox_item(Change(at, item["id"], version)))]


def _identity(table: Table) -> str:
    """Return what tells this table from others of its name: a restore makes a new one."""
    told = table.client.describe_table(TableName=table.name)["Table"]
    return f"{told.get('TableId', '')} {told['CreationDateTime'].timestamp()}"
