"""Condition expressions, parsed once into a function of an item."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from tests.simulation.dynamodb import values
from tests.simulation.dynamodb.places import Scope
from tests.simulation.dynamodb.refused import invalid
from tests.simulation.dynamodb.values import Value
from tests.simulation.dynamodb.words import Words, words

Test = Callable[[Scope], bool]
Operand = Callable[[Scope], Value | None]


@dataclass(frozen=True)
class Condition:
    """A condition, and the aliases and values that it calls."""

    holds: Test
    names: frozenset[str]
    values: frozenset[str]


@lru_cache(maxsize=1_000)
def condition(expression: str) -> Condition:
    """Return the condition that an expression states."""
    left = words(expression)
    holds = _either(left)
    left.end()
    return Condition(holds, frozenset(left.names), frozenset(left.values))


def _either(left: Words) -> Test:
    tests = [_both(left)]
    while left.keyword("OR"):
        tests.append(_both(left))
    return tests[0] if len(tests) == 1 else lambda scope: any(test(scope) for test in tests)


def _both(left: Words) -> Test:
    tests = [_negated(left)]
    while left.keyword("AND"):
        tests.append(_negated(left))
    return tests[0] if len(tests) == 1 else lambda scope: all(test(scope) for test in tests)


def _negated(left: Words) -> Test:
    if left.keyword("NOT"):
        test = _negated(left)
        return lambda scope: not test(scope)
    if left.keyword("("):
        inner = _either(left)
        left.take(")")
        return inner
    return _function(left) or _comparison(left)


def _function(left: Words) -> Test | None:
    name = left.ahead
    if name not in {"attribute_exists", "attribute_not_exists", "begins_with", "contains"}:
        return None
    left.left.pop()
    left.take("(")
    path = left.path()
    if name.startswith("attribute"):
        left.take(")")
        wanted = name == "attribute_exists"
        return lambda scope: (scope.at(path) is not None) == wanted
    left.take(",")
    part = left.value()
    left.take(")")
    if name == "contains":
        return lambda scope: values.has(scope.at(path), scope.values[part])
    return lambda scope: _begins(scope.at(path), scope.values[part])


def _begins(value: Value | None, part: Value) -> bool:
    return value is not None and "S" in value and value["S"].startswith(part["S"])


def _comparison(left: Words) -> Test:
    one = operand(left)
    if left.keyword("BETWEEN"):
        low = operand(left)
        left.take("AND")
        high = operand(left)
        return lambda scope: (
            values.ordered(">=", one(scope), low(scope))
            and values.ordered("<=", one(scope), high(scope))
        )
    if left.keyword("IN"):
        listed = _listed(left)
        return lambda scope: any(values.same(one(scope), each(scope)) for each in listed)
    comparator = left.keyword("=", "<>", *values.ORDERS)
    other = operand(left)
    match comparator:
        case None:
            raise invalid(f"a comparison expected before {left.ahead!r}")
        case "=":
            return lambda scope: values.same(one(scope), other(scope))
        case "<>":
            return lambda scope: not values.same(one(scope), other(scope))
    return lambda scope: values.ordered(comparator, one(scope), other(scope))


def _listed(left: Words) -> list[Operand]:
    left.take("(")
    listed = [operand(left)]
    while left.keyword(","):
        listed.append(operand(left))
    left.take(")")
    return listed


def operand(left: Words) -> Operand:
    """Take a value, a path, or the size of what is at a path."""
    if left.ahead.startswith(":"):
        name = left.value()
        return lambda scope: scope.values[name]
    if left.ahead == "size":
        left.left.pop()
        left.take("(")
        measured = left.path()
        left.take(")")
        return lambda scope: values.size(scope.at(measured))
    path = left.path()
    return lambda scope: scope.at(path)
