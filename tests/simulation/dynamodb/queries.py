"""Reading a stretch of one partition, or all of a table."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tests.simulation.dynamodb.conditions import condition
from tests.simulation.dynamodb.places import Scope
from tests.simulation.dynamodb.projections import aliases
from tests.simulation.dynamodb.projections import shown as projected
from tests.simulation.dynamodb.refused import invalid
from tests.simulation.dynamodb.tables import MemoryTable, key_of
from tests.simulation.dynamodb.words import words
from tests.simulation.dynamodb.writes import check_called, only

FIRST, LAST = "", "\U0010ffff" * 4

Params = dict[str, Any]


@dataclass(frozen=True)
class Stretch:
    """Names of the values that bound a query: the partition and its sort keys."""

    pk: str
    first: str | None
    last: str | None
    prefix: str | None
    values: frozenset[str]


@lru_cache(maxsize=100)
def stretch(expression: str) -> Stretch:
    """Return what a key condition bounds: `pk = :v`, and sort keys BETWEEN, >=, <= or begins_with.

    Conditions without equality are left out: nothing of ours needs them.
    """
    left = words(expression)
    left.take("PK")
    left.take("=")
    pk, first, last, prefix = left.value(), None, None, None
    if left.keyword("AND"):
        if left.keyword("BEGINS_WITH"):
            left.take("(")
            left.take("SK")
            left.take(",")
            prefix = left.value()
            left.take(")")
        else:
            left.take("SK")
            if left.keyword("BETWEEN"):
                first = left.value()
                left.take("AND")
                last = left.value()
            elif left.keyword(">="):
                first = left.value()
            else:
                left.take("<=")
                last = left.value()
    left.end()
    return Stretch(pk, first, last, prefix, frozenset(left.values))


def query(table: MemoryTable, params: Params) -> Params:
    """Answer a query."""
    only(
        params,
        "TableName",
        "ConsistentRead",
        "KeyConditionExpression",
        "FilterExpression",
        "ProjectionExpression",
        "ExpressionAttributeNames",
        "ExpressionAttributeValues",
        "ScanIndexForward",
        "Limit",
        "ExclusiveStartKey",
    )
    bounds = stretch(params["KeyConditionExpression"])
    shown = condition(params["FilterExpression"]) if "FilterExpression" in params else None
    check_called(
        params,
        [aliases(params), *([shown.names] if shown else [])],
        [bounds.values, *([shown.values] if shown else [])],
    )
    keys = _keys(table, bounds, params)
    partition = table.partition(params["ExpressionAttributeValues"][bounds.pk]["S"])
    listed, more = _cut(keys, params)
    found = [partition.items[sk] for sk in listed]
    answer: Params = {"ScannedCount": len(found)}
    if more:
        answer["LastEvaluatedKey"] = {"pk": found[-1]["pk"], "sk": found[-1]["sk"]}
    if shown:
        names = params.get("ExpressionAttributeNames", {})
        values = params["ExpressionAttributeValues"]
        found = [item for item in found if shown.holds(Scope(item, names, values))]
    return answer | {"Items": [projected(item, params) for item in found], "Count": len(found)}


def scan(table: MemoryTable, params: Params) -> Params:
    """Answer a scan of the whole table."""
    only(params, "TableName", "ConsistentRead", "Limit", "ExclusiveStartKey")
    items = list(table.all())
    if start := params.get("ExclusiveStartKey"):
        items = [item for item in items if key_of(item) > key_of(start)]
    limit = params.get("Limit", len(items))
    answer: Params = {"Items": items[:limit], "Count": len(items[:limit])}
    if len(items) > limit:
        last = items[limit - 1]
        answer["LastEvaluatedKey"] = {"pk": last["pk"], "sk": last["sk"]}
    return answer


def _keys(table: MemoryTable, bounds: Stretch, params: Params) -> list[str]:
    """Return the sort keys in the order in which they are read, from where a page begins."""
    values = params["ExpressionAttributeValues"]
    partition = table.partition(values[bounds.pk]["S"])
    first = values[bounds.first]["S"] if bounds.first else FIRST
    last = values[bounds.last]["S"] if bounds.last else LAST
    if first > last:
        raise invalid("the stretch ends before it begins")
    keys = partition.between(first, last)
    if bounds.prefix:
        keys = [sk for sk in keys if sk.startswith(values[bounds.prefix]["S"])]
    start = params.get("ExclusiveStartKey")
    if params.get("ScanIndexForward", True):
        return [sk for sk in keys if sk > start["sk"]["S"]] if start else keys
    keys = keys[::-1]
    return [sk for sk in keys if sk < start["sk"]["S"]] if start else keys


def _cut(keys: list[str], params: Params) -> tuple[list[str], bool]:
    """Return the keys of one page, and whether DynamoDB would say that there may be more.

    It says so also when the last item that it read happens to be the last of all.
    """
    limit = params.get("Limit")
    if limit is None:
        return keys, False
    if limit < 1:
        raise invalid("Limit")
    return keys[:limit], len(keys) >= limit
