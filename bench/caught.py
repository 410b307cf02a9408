"""What the store's own code would write, caught before it is sent."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from functions.shared.store.table import Table

TABLE = "bank"


@dataclass
class _Caught:
    """Takes a transaction and keeps it."""

    writes: list[Any] = field(default_factory=list)

    def transact_write_items(self, TransactItems: list[Any]) -> None:  # noqa: N803 - as AWS has it
        self.writes = TransactItems


def caught(write: Callable[[Table], object]) -> list[Any]:
    """Return the entries of the transaction that a write sends."""
    client: Any = _Caught()
    write(Table(client, TABLE))
    return list(client.writes)


def items_of(entries: Iterable[Any]) -> Iterator[Any]:
    """Yield the items that entries put, in DynamoDB's typed form."""
    return (entry["Put"]["Item"] for entry in entries if "Put" in entry)
