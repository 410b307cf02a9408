"""A bank of any size that is nowhere stored: each hash and each segment is made from its number.

A full segment a minute: 90 hashes that are new, and nine of a few minutes ago that a partner has
answered or that are withdrawn. So the last hour looks alike whatever the bank's size.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from functions.shared.bank import BankHash, FeedbackValue, unpublished
from functions.shared.log import Segment
from functions.shared.signals import Signal

NEW = 90
CHANGED = 9
LATER = 7
"""Segments after which some hashes of one come up again."""

BEGUN = 1_700_000_000
EVERY = 60
"""Seconds from one segment to the next."""


@dataclass(frozen=True)
class Bank:
    """So many hashes, and the log that they came up in."""

    hashes: int

    @property
    def segments(self) -> int:
        """How long the log is."""
        return -(-self.hashes // NEW)

    def segment(self, number: int) -> Segment:
        """Return one segment of 1 to `segments`."""
        changes = (*self._new(number), *self._changed(number))
        return Segment(number, ts_of(number), len(changes), changes)

    def hash(self, hash_id: str) -> BankHash:
        """Return a hash as it is now."""
        born, place = segment_of(hash_id), int(hash_id) % NEW
        again = place < CHANGED and born + LATER <= self.segments
        return _hash(int(hash_id), born, place if again else None)

    def _new(self, number: int) -> Iterator[tuple[str, int]]:
        first = (number - 1) * NEW
        return ((id_of(each), 1) for each in range(first, min(first + NEW, self.hashes)))

    def _changed(self, number: int) -> Iterator[tuple[str, int]]:
        first = (number - 1 - LATER) * NEW
        return ((id_of(each), 2) for each in range(first, first + CHANGED) if first >= 0)


def ts_of(number: int) -> int:
    """Return the time of a segment."""
    return BEGUN + EVERY * number


def id_of(number: int) -> str:
    """Return a hash's id, as long as real ones."""
    return f"{number:022d}"


def segment_of(hash_id: str) -> int:
    """Return the number of the segment in which a hash came up first."""
    return int(hash_id) // NEW + 1


@lru_cache(maxsize=4_096)
def _hash(number: int, born: int, again: int | None) -> BankHash:
    link, ts = f"link{number:018d}", ts_of(born)
    made = unpublished(Signal("ImagePDQ", f"{number:064x}"), id_of(number), ts).linked(link, ts)
    if again is None:
        return made
    if again == 0:
        return made.unlinked(link, ts_of(born + LATER))
    return made.answered("another", FeedbackValue.BLOCKED, ("seen",), ts_of(born + LATER))
