"""Update expressions, parsed once into a function from an item to the next one."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from tests.simulation.dynamodb import values
from tests.simulation.dynamodb.conditions import Operand, operand
from tests.simulation.dynamodb.places import Item, Scope, put_at
from tests.simulation.dynamodb.refused import invalid
from tests.simulation.dynamodb.values import Value
from tests.simulation.dynamodb.words import Path, Words, words

Act = tuple[Path, Callable[[Scope], Value | None]]
"""What comes to stand at a path; nothing removes what is there."""


@dataclass(frozen=True)
class Update:
    """An update, and the aliases and values that it calls."""

    acts: tuple[Act, ...]
    names: frozenset[str]
    values: frozenset[str]

    def applied(self, scope: Scope) -> Item:
        """Return the item after this. Every act reads the item as it was before all of them."""
        item = dict(scope.item)
        for path, made in self.acts:
            item = put_at(item, scope.resolved(path), made(scope))
        return item


@lru_cache(maxsize=1_000)
def update(expression: str) -> Update:
    """Return the update that an expression states."""
    left, acts, seen = words(expression), [], set()
    while clause := left.keyword(*_CLAUSES):
        if clause in seen:
            raise invalid(f"{clause} comes twice")
        seen.add(clause)
        acts.append(_CLAUSES[clause](left))
        while left.keyword(","):
            acts.append(_CLAUSES[clause](left))
    left.end()
    if not acts:
        raise invalid("an update that does nothing")
    return Update(tuple(acts), frozenset(left.names), frozenset(left.values))


def _set(left: Words) -> Act:
    path = left.path()
    left.take("=")
    first = _term(left)
    sign = left.keyword("+", "-")
    if sign is None:
        return path, partial(_present, first)
    other = _term(left)
    return path, lambda scope: values.plus(
        _present(first, scope), _present(other, scope), 1 if sign == "+" else -1
    )


def _present(made: Operand, scope: Scope) -> Value:
    found = made(scope)
    if found is None:
        raise invalid("the expression names what the item does not have")
    return found


def _term(left: Words) -> Operand:
    name = left.ahead
    if name not in {"if_not_exists", "list_append"}:
        return operand(left)
    left.left.pop()
    left.take("(")
    one = _term(left)
    left.take(",")
    other = _term(left)
    left.take(")")
    if name == "if_not_exists":
        return lambda scope: one(scope) or other(scope)
    return lambda scope: {"L": [*_present(one, scope)["L"], *_present(other, scope)["L"]]}


def _remove(left: Words) -> Act:
    return left.path(), lambda _: None


def _add(left: Words) -> Act:
    path, name = left.path(), left.value()
    return path, lambda scope: values.added(scope.at(path), scope.values[name])


def _delete(left: Words) -> Act:
    path, name = left.path(), left.value()
    return path, lambda scope: values.taken_out(scope.at(path), scope.values[name])


_CLAUSES: dict[str, Callable[[Words], Act]] = {
    "SET": _set,
    "REMOVE": _remove,
    "ADD": _add,
    "DELETE": _delete,
}
