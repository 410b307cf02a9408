"""Several writes, all or none."""

from collections.abc import Callable
from typing import Any

from botocore.exceptions import ClientError

from tests.simulation.dynamodb.places import Item
from tests.simulation.dynamodb.refused import error, invalid
from tests.simulation.dynamodb.sizes import LARGEST_ITEM, LARGEST_TRANSACTION, size
from tests.simulation.dynamodb.tables import Key, MemoryTable
from tests.simulation.dynamodb.writes import only, prepared

_NAMED = ("TableName", "ExpressionAttributeNames", "ExpressionAttributeValues")

FIELDS = {
    "Put": ("Item", "ConditionExpression", *_NAMED),
    "Update": ("Key", "UpdateExpression", "ConditionExpression", *_NAMED),
    "Delete": ("Key", "ConditionExpression", *_NAMED),
    "ConditionCheck": ("Key", "ConditionExpression", *_NAMED),
}
"""What each kind of write may say."""

MOST = 100


def agreed(
    table: Callable[[str], MemoryTable], entries: list[dict[str, Any]]
) -> list[tuple[str, Key, Item | None]]:
    """Return what to store: table, key and item.

    Raises:
        TransactionCanceledException: a condition does not hold, or an item is too large.
        ValidationException: all of them together are.
    """
    if not 0 < len(entries) <= MOST:
        raise invalid(f"1 to {MOST} writes")
    made, reasons, touched, total = [], [], set(), 0
    for entry in entries:
        [(kind, params)] = entry.items()
        only(params, *FIELDS[kind])
        name = params["TableName"]
        try:
            key, _, after = prepared(table(name), kind, params)
        except ClientError as refused:
            if refused.response["Error"]["Code"] != "ConditionalCheckFailedException":
                raise
            reasons.append({"Code": "ConditionalCheckFailed"})
            continue
        total += size(after or {})
        reasons.append({"Code": "ValidationError" if size(after or {}) > LARGEST_ITEM else "None"})
        if (name, key) in touched:
            raise invalid("a transaction touches an item once")
        touched.add((name, key))
        if kind != "ConditionCheck":
            made.append((name, key, after))
    if total > LARGEST_TRANSACTION:
        raise invalid("a transaction of more than 4 MB")
    if any(one["Code"] != "None" for one in reasons):
        raise error(
            "TransactionCanceledException", "TransactWriteItems", CancellationReasons=reasons
        )
    return made
