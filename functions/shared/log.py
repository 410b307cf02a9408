"""The change log: gapless numbered segments whose time never goes down."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_PER_SEGMENT = 250
MOST_PER_SECOND = 5_000
"""A client cut off in the middle of a second starts it again, so a second must fit into one run."""


@dataclass(frozen=True, order=True)
class Change:
    """A hash reached a version. `at` is the writer's clock, seconds since 1970."""

    at: int
    hash_id: str
    version: int


@dataclass(frozen=True)
class Segment:
    """One entry of the log: changes that became visible together at `ts`, seconds since 1970."""

    number: int
    ts: int
    in_second: int
    """Changes logged in this second, up to and including this segment."""
    changes: tuple[tuple[str, int], ...]
    """Pairs of hash id and version."""


ORIGIN = Segment(number=0, ts=0, in_second=0, changes=())
"""What comes before the first segment. Never stored."""


def next_segment(tail: Segment, changes: Sequence[Change], now: int) -> Segment:
    """Return the segment that follows `tail`, with the given changes in their order.

    Its time is at or after the tail's, every writer's and our own, so that no clock that jumps
    back can slip a change in behind a reader; a full second moves it on.
    """
    ts = max(now, tail.ts, *(change.at for change in changes))
    before = tail.in_second if ts == tail.ts else 0
    if before + len(changes) > MOST_PER_SECOND:
        ts, before = ts + 1, 0
    pairs = tuple((change.hash_id, change.version) for change in changes)
    return Segment(tail.number + 1, ts, before + len(changes), pairs)
