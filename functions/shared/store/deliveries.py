"""Deliveries as stored: waiting or parked, one item each, and for a waiting one when it is due.

An event is in one place only. It moves in one transaction, and only from where it was seen.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice

from functions.shared.deliveries import Delivery, DeliveryState
from functions.shared.errors import Conflict
from functions.shared.store.delivery_items import due_place, place, read, writes
from functions.shared.store.patience import until_it_holds
from functions.shared.store.table import Table
from functions.shared.store.transactions import MOST_WRITES_A_TRANSACTION, transact

WRITES_A_MOVE = 3
"""The item where it was and where it goes, and when it is due."""

MOVES_A_TRANSACTION = MOST_WRITES_A_TRANSACTION // WRITES_A_MOVE

DUE_A_READ = 25
"""An endpoint that fails is tried twice, so most of what is due is not read at all."""

Move = tuple[Delivery | None, Delivery | None]
"""What was seen of an event, and what is to be: nothing stands for not being there."""


@dataclass(frozen=True)
class Due:
    """Says that a delivery is due, and since when."""

    id: str
    at: int


@dataclass(frozen=True)
class DeliveryStore:
    """Deliveries by partner."""

    table: Table

    def add(self, partner: str, delivery: Delivery) -> None:
        """Store what waits. If it waits already, that stands; if it was parked, it waits again.

        Raises:
            TryAgain: rivals came between every time.
        """
        until_it_holds(partial(self._add, partner, delivery))

    def due(self, partner: str, now: int) -> Iterator[Due]:
        """Yield what is due, the oldest first."""
        last = f"{due_place(now, '')}\U0010ffff"
        for item in self.table.query(partner, first="due#", last=last, step=DUE_A_READ):
            yield Due(item["id"], item["due"])

    def waiting(self, partner: str, due: Due) -> Delivery | None:
        """Return what is due, or nothing if it is not any more: a rival has it."""
        found = self._waiting(partner, due.id)
        return found if found and found.due == due.at else None

    def settle(self, partner: str, seen: Delivery, then: Delivery | None) -> bool:
        """Move a delivery on; return False, with nothing written, if it moved in between."""
        try:
            self._move(partner, [(seen, then)])
        except Conflict:
            return False
        return True

    def taken(self, partner: str, event: str) -> None:
        """Remove what is stored of a delivery that was taken after all.

        If it moves meanwhile, that stands: it is told again, under the same id.
        """
        for state in DeliveryState:
            if item := self.table.get((partner, place(state, event))):
                self.settle(partner, read(item), None)

    def replay(
        self, partner: str, ids: Collection[str], anew: Mapping[str, Delivery], now: int
    ) -> int:
        """Make deliveries due with their schedule before them; return how many there are.

        Those that are not stored are taken from `anew`, or left out if they are not there either.

        Raises:
            TryAgain: rivals came between every time. Some may be due already.
        """
        wanted, count = list(dict.fromkeys(ids)), 0
        for first in range(0, len(wanted), MOVES_A_TRANSACTION):
            part = wanted[first : first + MOVES_A_TRANSACTION]
            count += until_it_holds(partial(self._replay, partner, part, anew, now))
        return count

    def page(
        self, partner: str, state: DeliveryState | None, after: str, most: int
    ) -> list[Delivery]:
        """Return at most `most` deliveries behind the place `after`, in the order of their places.

        All parked ones come before all that wait, each in the order of the log.
        """
        first = place(state or DeliveryState.PARKED, "")
        last = place(state or DeliveryState.WAITING, "\U0010ffff")
        found = self.table.query(partner, first=max(first, after), last=last, step=most + 1)
        return [read(item) for item in islice((one for one in found if one["sk"] > after), most)]

    def _add(self, partner: str, delivery: Delivery) -> None:
        try:
            self._move(partner, [(None, delivery)])
        except Conflict:
            if self._waiting(partner, delivery.id) is None:
                raise

    def _replay(
        self, partner: str, ids: Sequence[str], anew: Mapping[str, Delivery], now: int
    ) -> int:
        stored = self._find(partner, ids)
        known = {one: stored.get(one) or anew[one] for one in ids if one in stored or one in anew}
        moves: list[Move] = [(stored.get(one), known[one].replayed(now)) for one in known]
        if changing := [(seen, then) for seen, then in moves if seen != then]:
            self._move(partner, changing)
        return len(known)

    def _find(self, partner: str, ids: Sequence[str]) -> dict[str, Delivery]:
        keys = [(partner, place(state, one)) for one in ids for state in DeliveryState]
        return {found.id: found for found in map(read, self.table.get_many(keys))}

    def _waiting(self, partner: str, event: str) -> Delivery | None:
        item = self.table.get((partner, place(DeliveryState.WAITING, event)))
        return read(item) if item else None

    def _move(self, partner: str, moves: Sequence[Move]) -> None:
        entries = [entry for move in moves for entry in writes(self.table, partner, *move)]
        transact(self.table.client, entries)
