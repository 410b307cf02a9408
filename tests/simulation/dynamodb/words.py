"""Expressions cut into words, and the parts that all of them have: names, paths, values."""

import re
from dataclasses import dataclass, field

from tests.simulation.dynamodb.refused import invalid

_WORD = re.compile(r"\s*(?:([#:]?[A-Za-z_][A-Za-z0-9_]*|[0-9]+)|(<>|<=|>=|[=<>(),.\[\]+-]))")

Path = tuple[str | int, ...]
"""The way to a value: names, aliases with # before them, and places in lists."""


@dataclass
class Words:
    """What is left of an expression, and which aliases and values it has called so far."""

    left: list[str]
    names: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)

    @property
    def ahead(self) -> str:
        """The next word as it is, or nothing at the end."""
        return self.left[-1] if self.left else ""

    def keyword(self, *wanted: str) -> str | None:
        """Take the next word if it is one of these, in either case."""
        return self.left.pop().upper() if self.ahead.upper() in wanted else None

    def take(self, wanted: str) -> None:
        """Take the next word, which must be this one."""
        if not self.keyword(wanted):
            raise invalid(f"{wanted} expected before {self.ahead!r}")

    def value(self) -> str:
        """Take the name of a value: one with a colon."""
        if not self.ahead.startswith(":"):
            raise invalid(f"a value expected before {self.ahead!r}")
        self.values.add(self.ahead)
        return self.left.pop()

    def path(self) -> Path:
        """Take a path."""
        parts: list[str | int] = [self._name()]
        while self.ahead in {".", "["}:
            if self.left.pop() == ".":
                parts.append(self._name())
            else:
                parts.append(int(self.left.pop()))
                self.take("]")
        return tuple(parts)

    def end(self) -> None:
        """Check that nothing is left."""
        if self.left:
            raise invalid(f"not understood from {self.ahead!r} on")

    def _name(self) -> str:
        if not re.match(r"#?[A-Za-z_]", self.ahead):
            raise invalid(f"a name expected before {self.ahead!r}")
        if self.ahead.startswith("#"):
            self.names.add(self.ahead)
        return self.left.pop()


def words(expression: str) -> Words:
    """Cut an expression into words."""
    found, at = [], 0
    text = expression.strip()
    while at < len(text):
        match = _WORD.match(text, at)
        if match is None:
            raise invalid(f"not understood from {text[at:]!r} on")
        found.append(match[1] or match[2])
        at = match.end()
    return Words(found[::-1])
