"""One write: its condition, and the item that it makes."""

from collections.abc import Collection
from typing import Any

from tests.simulation.dynamodb.conditions import condition
from tests.simulation.dynamodb.places import Item, Scope
from tests.simulation.dynamodb.refused import error, invalid
from tests.simulation.dynamodb.tables import Key, MemoryTable, key_of
from tests.simulation.dynamodb.updates import update

Params = dict[str, Any]


def only(params: Params, *known: str) -> None:
    """Refuse a parameter that is not known."""
    if strange := params.keys() - set(known):
        raise NotImplementedError(f"not known: {sorted(strange)}")


def prepared(table: MemoryTable, kind: str, params: Params) -> tuple[Key, Item | None, Item | None]:
    """Return the key, the item before and the item after; nothing is stored yet.

    Raises:
        ConditionalCheckFailedException: the condition does not hold.
    """
    _check_called(params)
    key = key_of(params["Item"] if kind == "Put" else params["Key"])
    before = table.get(key)
    scope = _scope(before or {}, params)
    if (text := params.get("ConditionExpression")) and not condition(text).holds(scope):
        raise error("ConditionalCheckFailedException", kind)
    match kind:
        case "Put":
            check(params["Item"])
            return key, before, params["Item"]
        case "Delete":
            return key, before, None
        case "ConditionCheck":
            return key, before, before
    return key, before, _updated(scope, params)


def check(item: Item) -> None:
    """Check that an item is in the typed form."""
    for name, value in item.items():
        if len(value) != 1:
            raise invalid(name)


def _updated(scope: Scope, params: Params) -> Item:
    keyed = scope if scope.item else _scope(params["Key"], params)
    after = update(params["UpdateExpression"]).applied(keyed)
    if any(after.get(name) != params["Key"][name] for name in ("pk", "sk")):
        raise invalid("an update must leave the key alone")
    return after


def _scope(item: Item, params: Params) -> Scope:
    return Scope(
        item,
        params.get("ExpressionAttributeNames", {}),
        params.get("ExpressionAttributeValues", {}),
    )


def _check_called(params: Params) -> None:
    """Check that the expressions call exactly the names and values that come with them."""
    parsed: list[Any] = []
    if text := params.get("ConditionExpression"):
        parsed.append(condition(text))
    if text := params.get("UpdateExpression"):
        parsed.append(update(text))
    check_called(params, [one.names for one in parsed], [one.values for one in parsed])


def check_called(
    params: Params, names: list[Collection[str]], values: list[Collection[str]]
) -> None:
    """Check the names and values that expressions call against those that a request brings."""
    for given, called in (
        ("ExpressionAttributeNames", names),
        ("ExpressionAttributeValues", values),
    ):
        wanted = {one for each in called for one in each}
        if wanted != set(params.get(given, {})) or (not wanted and given in params):
            raise invalid(f"{given} are not those that the expressions call")
