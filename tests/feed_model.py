"""The feed in memory: writers, a log of small segments, and a client that keeps the protocol."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from functions.shared import feed
from functions.shared.bank import BankHash, Status
from functions.shared.log import ORIGIN, Change, Segment, next_segment
from functions.shared.search import MOST_PLACES

FULL = 10
"""Where the published client starts when it knows nothing."""

USUAL = frozenset({"ImagePDQ"})
"""The types of signal that a client takes if nothing else is said."""


@dataclass
class MemoryLog:
    """The bank, its outbox and its log, as `feed.Log` sees them."""

    bodies: dict[str, BankHash] = field(default_factory=dict)
    outbox: list[Change] = field(default_factory=list)
    stored: list[Segment] = field(default_factory=lambda: [ORIGIN])
    first_times: dict[str, int] = field(default_factory=dict)
    reads: list[int] = field(default_factory=list)
    """How many bodies each read asked for."""

    def tail(self) -> Segment:
        return self.stored[-1]

    def times(self, numbers: Sequence[int]) -> Mapping[int, int]:
        assert 0 < len(numbers) <= MOST_PLACES
        assert all(1 <= number < len(self.stored) for number in numbers)
        return {number: self.stored[number].ts for number in numbers}

    def segments(self, first: int, last: int) -> Iterator[Segment]:
        yield from self.stored[first : last + 1]

    def hashes(self, ids: Sequence[str]) -> Mapping[str, BankHash]:
        self.reads.append(len(ids))
        return {one: self.bodies[one] for one in ids if one in self.bodies}

    def published(self, ids: Sequence[str]) -> Mapping[str, int]:
        return {one: self.first_times[one] for one in ids if one in self.first_times}

    def write(self, changed: BankHash) -> None:
        """Commit the next version of a hash together with its outbox row."""
        before = self.bodies.get(changed.id)
        assert changed.version == (before.version if before else 0) + 1
        self.bodies[changed.id] = changed
        self.outbox.append(Change(changed.changed_at, changed.id, changed.version))

    def log(self, size: int, now: int, *, forget: bool = True) -> None:
        """Log the oldest changes. Who dies before they are forgotten logs them once more."""
        waiting = sorted(self.outbox)[:size]
        if waiting:
            segment = next_segment(self.tail(), waiting, now)
            self.stored.append(segment)
            for one in segment.first_versions:
                self.first_times.setdefault(one, segment.ts)
        if forget:
            self.outbox = [change for change in self.outbox if change not in waiting]

    def first_mention(self, hash_id: str) -> int:
        """Return when the log first named a hash, from the log alone."""
        named = (
            segment.ts for segment in self.stored for one, _ in segment.changes if one == hash_id
        )
        return next(named)

    def ahead(self, hash_id: str, checkpoint: int) -> bool:
        """Whether a change of this hash is still to come for who starts at this checkpoint."""
        logged = any(
            hash_id == one
            for segment in self.stored
            if segment.ts >= checkpoint
            for one, _ in segment.changes
        )
        return logged or any(change.hash_id == hash_id for change in self.outbox)


@dataclass(frozen=True)
class Kept:
    """What a client has on disk: records by hash, and the checkpoint that goes with them."""

    records: Mapping[str, tuple[int, Status]] = field(default_factory=dict)
    checkpoint: int = FULL


@dataclass
class Client:
    """One partner. It may lose everything since any checkpoint that it held, and go on there."""

    log: MemoryLog
    kept: Kept = Kept()
    types: Collection[str] = USUAL
    held: list[Kept] = field(default_factory=lambda: [Kept()])
    cursor: feed.Cursor | None = None
    pages_left: int = 0

    def turn(self, size: int) -> feed.Page:
        """Fetch the next page of the run, or begin one, and check what every page must hold."""
        if self.cursor is None:
            self.cursor = feed.begin(self.log, self.kept.checkpoint)
            logged = self.log.stored[self.cursor.segment :]
            self.pages_left = sum(len(segment.changes) for segment in logged) + 1
        page = feed.page(self.log, self.cursor, size, self.types)
        self._check(page, size)
        records = {one.hash.id: (one.hash.version, one.hash.status) for one in page.entries}
        self.kept = Kept({**self.kept.records, **records}, page.resume)
        self.held.append(self.kept)
        self.cursor = page.next
        return page

    def fall_back(self, steps: int) -> None:
        """Die, and come back with what was on disk some pages ago."""
        self.kept = self.held[-1 - steps % len(self.held)]
        self.held = self.held[: self.held.index(self.kept) + 1]
        self.cursor = None

    def finish(self, size: int) -> None:
        """Read to the end of the run."""
        self.turn(size)
        while self.cursor is not None:
            self.turn(size)

    def knows(self, hash_id: str) -> bool:
        """Whether the client is right about a hash, or will hear of it."""
        body = self.log.bodies.get(hash_id)
        record = self.kept.records.get(hash_id)
        if body and body.signal.type not in self.types:
            return record is None
        if body is None or (record is None and body.status is Status.WITHDRAWN):
            return True
        return record == (body.version, body.status) or self.log.ahead(
            hash_id, self.kept.checkpoint
        )

    def _check(self, page: feed.Page, size: int) -> None:
        assert self.cursor is not None
        ids = [one.hash.id for one in page.entries]
        assert {one.hash.signal.type for one in page.entries} <= set(self.types)
        times = [one.ts for one in page.entries]
        assert len(ids) == len(set(ids)) <= size, "each hash once, and no more than asked for"
        assert times == sorted(times), "in the order of the log"
        assert all(time <= page.resume for time in times)
        assert page.resume >= self.kept.checkpoint, "nextSetTimestamp never goes down"
        for entry in page.entries:
            version, _ = self.kept.records.get(entry.hash.id, (0, None))
            assert entry.hash.version >= version, "a hash never goes back to an older version"
            if entry.hash.status is Status.WITHDRAWN:
                first = self.log.first_mention(entry.hash.id)
                assert first <= self.cursor.start, "rule 6"
        if page.next is not None:
            assert page.next.last == self.cursor.last, "the end is pinned"
            assert page.next.start == self.cursor.start
        self.pages_left -= 1
        assert self.pages_left >= 0, "a run ends, however fast the log grows"
