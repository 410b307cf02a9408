"""Values inside an item: found by path, set and removed without touching the item that was."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tests.simulation.dynamodb.refused import invalid
from tests.simulation.dynamodb.values import Value
from tests.simulation.dynamodb.words import Path

Item = dict[str, Value]


@dataclass(frozen=True)
class Scope:
    """One item, and what the aliases and values of a request stand for."""

    item: Mapping[str, Value]
    names: Mapping[str, str]
    values: Mapping[str, Value]

    def resolved(self, path: Path) -> Path:
        """Return a path without aliases."""
        return tuple(
            self.names[part] if isinstance(part, str) and part[0] == "#" else part for part in path
        )

    def at(self, path: Path) -> Value | None:
        """Return the value at a path, or nothing."""
        first, *rest = self.resolved(path)
        found = self.item.get(str(first))
        for part in rest:
            found = _inside(found, part)
        return found


def put_at(item: Item, path: Path, value: Value | None) -> Item:
    """Return an item with another value at a path; without one, nothing is left there."""
    return _replaced(item, path, value)


def _inside(value: Value | None, part: str | int) -> Value | None:
    if value is None:
        return None
    if isinstance(part, int):
        held = value.get("L", [])
        return held[part] if part < len(held) else None
    found: Value | None = value.get("M", {}).get(part)
    return found


def _replaced(held: dict[str, Any], path: Path, value: Value | None) -> dict[str, Any]:
    first, *rest = path
    if rest:
        inner = held.get(str(first), {})
        if "M" not in inner or isinstance(rest[0], int):
            raise invalid("the path leads through something that is no map")
        value = {"M": _replaced(inner["M"], tuple(rest), value)}
    if value is None:
        return {name: one for name, one in held.items() if name != first}
    return {**held, str(first): value}
