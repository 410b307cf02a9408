"""Values in DynamoDB's typed form: how they compare, and what adding to them gives."""

from collections.abc import Callable
from decimal import Decimal
from operator import ge, gt, le, lt
from typing import Any

from tests.simulation.dynamodb.refused import invalid

Value = dict[str, Any]
"""One value with its type's letter: {"N": "3"}."""

ORDERS: dict[str, Callable[[Any, Any], bool]] = {"<": lt, "<=": le, ">": gt, ">=": ge}
SETS = frozenset({"SS", "NS", "BS"})


def kind(value: Value) -> str:
    """Return the letter of a value's type."""
    [letter] = value
    return letter


def same(one: Value | None, other: Value | None) -> bool:
    """Whether two values are equal. What is absent equals nothing."""
    if one is None or other is None:
        return False
    return one == other or _plain(one) == _plain(other)


def _plain(value: Value) -> Any:
    """Return a value in a form that is equal for all spellings of it."""
    letter = kind(value)
    held = value[letter]
    match letter:
        case "N":
            return letter, Decimal(held)
        case "SS" | "BS":
            return letter, frozenset(held)
        case "NS":
            return letter, frozenset(map(Decimal, held))
        case "M":
            return letter, {name: _plain(inner) for name, inner in held.items()}
        case "L":
            return letter, [_plain(inner) for inner in held]
    return letter, held


def ordered(comparator: str, one: Value | None, other: Value | None) -> bool:
    """Whether two values stand in this order; false if they are of different types."""
    if one is None or other is None or (letter := kind(one)) != kind(other):
        return False
    holds = ORDERS[comparator]
    if letter == "N":
        return holds(Decimal(one["N"]), Decimal(other["N"]))
    if letter in {"S", "B"}:
        return holds(_bytes(one[letter]), _bytes(other[letter]))
    raise invalid(f"values of type {letter} have no order")


def size(value: Value | None) -> Value | None:
    """Return the size of a value as the function `size` gives it, or nothing."""
    if value is None:
        return None
    letter = kind(value)
    if letter in {"N", "BOOL", "NULL"}:
        raise invalid("a number has no size")
    held = value[letter]
    return {"N": str(len(_bytes(held) if letter == "S" else held))}


def has(value: Value | None, part: Value) -> bool:
    """Whether a string, set or list contains something."""
    if value is None:
        return False
    letter = kind(value)
    if letter == "S":
        return kind(part) == "S" and part["S"] in value["S"]
    if letter == "L":
        return any(same(one, part) for one in value["L"])
    return letter in SETS and kind(part) == letter[0] and part[letter[0]] in value[letter]


def plus(one: Value, other: Value, sign: int = 1) -> Value:
    """Return the sum of two numbers, or with `sign` -1 their difference."""
    if kind(one) != "N" or kind(other) != "N":
        raise invalid("only numbers are added")
    return {"N": str(Decimal(one["N"]) + sign * Decimal(other["N"]))}


def added(before: Value | None, more: Value) -> Value:
    """Return what `ADD` makes of a value: the sum of numbers, the union of sets."""
    letter = kind(more)
    if letter == "N":
        return plus(before or {"N": "0"}, more)
    if letter not in SETS or (before is not None and kind(before) != letter):
        raise invalid("ADD takes a number or a set")
    held = before[letter] if before else []
    return {letter: [*held, *(one for one in more[letter] if one not in held)]}


def taken_out(before: Value | None, less: Value) -> Value | None:
    """Return what `DELETE` leaves of a set: nothing, if that is empty."""
    letter = kind(less)
    if letter not in SETS:
        raise invalid("DELETE takes a set")
    left = [one for one in (before or {}).get(letter, []) if one not in less[letter]]
    return {letter: left} if left else None


def _bytes(held: Any) -> bytes:
    return held.encode() if isinstance(held, str) else bytes(held)
