"""Raises the version of every restored hash above all that partners can have seen.

Partners ignore versions at or below the one that they have. What was written after the moment to
which a table was restored is lost with its versions, so whatever comes next would be ignored.
"""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from functions.shared.app import App
from functions.shared.log import Change
from functions.shared.store.codec import Item, decode, encode, encode_key
from functions.shared.store.log import published_key
from functions.shared.store.outbox import outbox_item
from functions.shared.store.patience import until_it_holds
from functions.shared.store.table import Table
from functions.shared.store.transactions import MOST_WRITES_A_TRANSACTION, put_anyway, transact
from infrastructure.restore_mark import STEP

WRITES_A_HASH = 3
"""The hash, its outbox row, and its first mention if the backup lacks it."""

HASHES_A_TRANSACTION = MOST_WRITES_A_TRANSACTION // WRITES_A_HASH

MARGIN = 86_400
"""Seconds by which a hash may have been logged before its writer's clock says it was made."""


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
    row = put_anyway(bank, outbox_item(Change(at, item["id"], version)))
    return [raised, row, _first_mention(bank, item)]


def _first_mention(bank: Table, item: Item) -> Any:
    """Return the entry that lets partners hear of this hash's withdrawal, if nothing else does.

    The log that was lost may have been the first to name the hash, and a backup need not have all
    of one transaction. When that was is not known, so it is put before all that the hash knows.
    """
    known = [item["changed_at"], *(link["at"] for link in item["links"].values())]
    return {
        "Update": {
            "TableName": bank.name,
            "Key": encode_key(published_key(item["id"])),
            "UpdateExpression": "SET ts = if_not_exists(ts, :ts), hash_id = :hash_id",
            "ExpressionAttributeValues": encode(
                {":ts": min(known) - MARGIN, ":hash_id": item["id"]}
            ),
        }
    }
