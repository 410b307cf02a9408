"""Which attributes of an item a read shows."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from tests.simulation.dynamodb.places import Item
from tests.simulation.dynamodb.refused import invalid
from tests.simulation.dynamodb.words import Words, words


@lru_cache(maxsize=100)
def parsed(expression: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return the attributes that an expression lists, and the aliases among them.

    Raises:
        NotImplementedError: it lists what lies deeper; nothing of ours needs that.
    """
    left: Words = words(expression)
    listed = [left.path()]
    while left.keyword(","):
        listed.append(left.path())
    left.end()
    if any(len(path) > 1 for path in listed):
        raise NotImplementedError("a path into an attribute")
    return tuple(str(path[0]) for path in listed), frozenset(left.names)


def shown(item: Item | None, request: Mapping[str, Any]) -> Item | None:
    """Return what a request wants to see of an item."""
    if item is None or "ProjectionExpression" not in request:
        return item
    listed, _ = parsed(request["ProjectionExpression"])
    names = request.get("ExpressionAttributeNames", {})
    wanted = [names[one] if one.startswith("#") else one for one in listed]
    if len(set(wanted)) < len(wanted):
        raise invalid("an attribute is listed twice")
    return {name: item[name] for name in wanted if name in item}


def aliases(request: Mapping[str, Any]) -> frozenset[str]:
    """Return the aliases that a request's projection calls."""
    text = request.get("ProjectionExpression")
    return parsed(text)[1] if text else frozenset()
