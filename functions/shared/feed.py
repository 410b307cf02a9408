"""Reading the log in pages: which changes come next, and from where a client may resume."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Protocol

from functions.shared.bank import BankHash, Status
from functions.shared.log import Segment
from functions.shared.search import first_place

MOST_CHANGES = 2_000
"""Changes that one page looks at. A long stretch in which there is nothing to show ends as a short
page: 2,000 bodies are 20 reads one after another, far from the 29 s after which an API gives up."""

MOST_ROUNDS = 20
"""Reads of bodies for one page, each of as many changes as it still has room for. It bounds small
pages, which would otherwise read one change at a time."""


class Log(Protocol):
    """What a page is built from. Every read sees all that was acknowledged before it."""

    def tail(self) -> Segment:
        """Return the last segment, or `ORIGIN`."""

    def times(self, numbers: Sequence[int]) -> Mapping[int, int]:
        """Return the `ts` of segments by their numbers; they must exist."""

    def segments(self, first: int, last: int) -> Iterator[Segment]:
        """Yield the segments of these numbers, both included."""

    def hashes(self, ids: Sequence[str]) -> Mapping[str, BankHash]:
        """Return the current state of these hashes; erased ones are absent."""

    def published(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Return the time of the segment in which each of these hashes came up first."""


@dataclass(frozen=True)
class Cursor:
    """Where a run stands. `last` pins the end, so a run ends however fast the log grows."""

    start: int
    """The startTimestamp of the run, seconds since 1970."""
    segment: int
    index: int
    """The next change to read: its segment, and its place there."""
    last: int


@dataclass(frozen=True)
class Entry:
    """A hash as it is now, and the log time of the change that brings it up."""

    ts: int
    hash: BankHash


@dataclass(frozen=True)
class Page:
    """One answer of the feed. Without `next` the run is over."""

    entries: tuple[Entry, ...]
    next: Cursor | None
    resume: int
    """From here a client may start anew without missing anything: nextSetTimestamp."""


def begin(log: Log, start: int) -> Cursor:
    """Return the cursor of a run over all changes at or after `start`, seconds since 1970."""

    def wanted(numbers: Sequence[int]) -> list[int]:
        return [number for number, ts in log.times(numbers).items() if ts >= start]

    tail = log.tail()
    behind = tail.number > 0 and tail.ts >= start
    first = first_place(tail.number, wanted) if behind else tail.number + 1
    return Cursor(start, first, 0, tail.number)


def page(log: Log, cursor: Cursor, size: int, types: Collection[str]) -> Page:
    """Return the next page of at most `size` entries, each hash once, in the order of the log.

    Hashes of other signal types than `types` are passed over, as are those that nobody may see
    any more: the position and `resume` move on all the same.
    """
    found: dict[str, Entry] = {}
    position, reached, left = cursor, cursor.start, MOST_CHANGES
    ahead = _ahead(log, cursor)
    for _ in range(MOST_ROUNDS):
        steps = list(islice(ahead, min(size - len(found), left)))
        if not steps:
            break
        left -= len(steps)
        position, reached = steps[-1].after, steps[-1].ts
        bodies = _of_types(types, log.hashes(list({step.hash_id for step in steps})))
        _collect(found, steps, _shown(log, bodies, cursor.start))
        if len(found) == size or not left:
            break
    more = position.segment <= cursor.last
    return Page(tuple(found.values()), position if more else None, max(reached, cursor.start))


@dataclass(frozen=True)
class _Step:
    hash_id: str
    ts: int
    after: Cursor


def _ahead(log: Log, cursor: Cursor) -> Iterator[_Step]:
    """Yield the changes from here on, each with the cursor behind it."""
    if cursor.segment > cursor.last:
        return
    for segment in log.segments(cursor.segment, cursor.last):
        skip = cursor.index if segment.number == cursor.segment else 0
        for index, (hash_id, _) in enumerate(segment.changes[skip:], skip + 1):
            yield _Step(hash_id, segment.ts, _behind(cursor, segment, index))


def _behind(cursor: Cursor, segment: Segment, index: int) -> Cursor:
    if index == len(segment.changes):
        return replace(cursor, segment=segment.number + 1, index=0)
    return replace(cursor, segment=segment.number, index=index)


def _collect(
    found: dict[str, Entry], steps: Sequence[_Step], bodies: Mapping[str, BankHash]
) -> None:
    """Add what is to be shown; a hash that comes up again moves to its latest place."""
    for step in steps:
        if body := bodies.get(step.hash_id):
            found.pop(body.id, None)
            found[body.id] = Entry(step.ts, body)


def _of_types(types: Collection[str], bodies: Mapping[str, BankHash]) -> Mapping[str, BankHash]:
    return {one: body for one, body in bodies.items() if body.signal.type in types}


def _shown(log: Log, bodies: Mapping[str, BankHash], start: int) -> Mapping[str, BankHash]:
    """Return those of these hashes that a client that starts at `start` should see.

    A withdrawn one only if the client can know it from before: the published client stores a
    withdrawn record as if it were active, so it must not learn a hash in that way.
    """
    withdrawn = [one for one, body in bodies.items() if body.status is Status.WITHDRAWN]
    published = log.published(withdrawn)
    unknown = {one for one in withdrawn if published.get(one, start + 1) > start}
    return {one: body for one, body in bodies.items() if one not in unknown}
