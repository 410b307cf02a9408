"""The change log: gapless numbered segments whose time never goes down."""

from collections.abc import Sequence
from dataclasses import dataclass

MOST_PER_SEGMENT = 99
"""A segment and the first mention of each of its hashes are one transaction of 100 writes."""

MOST_PER_SECOND = 5_000
"""A client cut off in the middle of a second starts it again, so a second must fit into one run."""

CLOCK_SLACK = 5
"""Seconds by which a writer's clock may lead the log's; further ahead it is wrong."""


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

    @property
    def first_versions(self) -> tuple[str, ...]:
        """Ids of the hashes that appear here in their first version."""
        return tuple(hash_id for hash_id, version in self.changes if version == 1)


ORIGIN = Segment(number=0, ts=0, in_second=0, changes=())
"""What comes before the first segment. Never stored."""


def next_segment(tail: Segment, changes: Sequence[Change], now: int) -> Segment:
    """Return the segment that follows `tail`, with the given changes in their order.

    Its time is at or after the tail's and our own, so that no clock that jumps back can slip a
    change in behind a reader; and after the writers', as far as they can be right. A full second
    moves it on.
    """
    latest = max(change.at for change in changes)
    ts = max(now, tail.ts, min(latest, now + CLOCK_SLACK))
    before = tail.in_second if ts == tail.ts else 0
    if before + len(changes) > MOST_PER_SECOND:
        ts, before = ts + 1, 0
    pairs = tuple((change.hash_id, change.version) for change in changes)
    return Segment(tail.number + 1, ts, before + len(changes), pairs)
