"""Several writes that happen together or not at all."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from functions.shared.errors import Conflict, TryAgain
from functions.shared.store.codec import Item, Key, encode, encode_key
from functions.shared.store.table import Table

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MOST_WRITES_A_TRANSACTION = 100

_RIVALRY = {"ConditionalCheckFailed", "TransactionConflict"}
"""Reasons of a cancelled transaction that mean: somebody else was quicker."""

_THROTTLED = {"ProvisionedThroughputExceeded", "ThrottlingError"}
"""Reasons that pass by themselves. What remains, such as an item too large, is a fault of ours."""


def transact(client: "DynamoDBClient", writes: Iterable[Any]) -> None:
    """Write everything or nothing.

    Raises:
        Conflict: a condition does not hold any more, or a rival write is under way. Nothing was
            written; read again and try again.
        TryAgain: the table does not keep up. Nothing was written.
    """
    try:
        client.transact_write_items(TransactItems=list(writes))
    except client.exceptions.TransactionCanceledException as error:
        told = error.response.get("CancellationReasons", [])
        reasons = {reason.get("Code", "None") for reason in told} - {"None"}
        if reasons and reasons <= _RIVALRY:
            raise Conflict from None
        if reasons and reasons <= _RIVALRY | _THROTTLED:
            raise TryAgain from None
        raise
    except client.exceptions.TransactionInProgressException:
        raise Conflict from None


def put(table: Table, item: Item, condition: str, **values: Any) -> Any:
    """Return the transaction entry that stores an item if the condition holds.

    `values` are what the condition calls by name, with a colon before it.
    """
    entry: Item = {
        "TableName": table.name,
        "Item": encode(item),
        "ConditionExpression": condition,
    }
    if values:
        entry["ExpressionAttributeValues"] = encode({f":{k}": v for k, v in values.items()})
    return {"Put": entry}


def put_free(table: Table, item: Item) -> Any:
    """Return the transaction entry that stores an item whose key is free."""
    return {"Put": {"TableName": table.name, "Item": encode(item), **table.free()}}


def put_anyway(table: Table, item: Item) -> Any:
    """Return the transaction entry that stores an item, whatever was there."""
    return {"Put": {"TableName": table.name, "Item": encode(item)}}


def delete(table: Table, key: Key, condition: str | None = None, **values: Any) -> Any:
    """Return the transaction entry that deletes an item if the condition holds, if there is one."""
    entry: Item = {"TableName": table.name, "Key": encode_key(key)}
    if condition:
        entry["ConditionExpression"] = condition
    if values:
        entry["ExpressionAttributeValues"] = encode({f":{k}": v for k, v in values.items()})
    return {"Delete": entry}
