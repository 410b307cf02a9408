"""Looks at every write to the bank, in the order in which they happen, and knows what must hold."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from functions.shared import log as log_module
from functions.shared.bank import BankHash, Link, Status
from functions.shared.log import Segment
from functions.shared.partners import partners
from functions.shared.signals import Signal
from functions.shared.store.bank import _read as read_hash
from functions.shared.store.codec import decode
from functions.shared.store.log import _read as read_segment
from functions.shared.store.outbox import read_row
from tests.simulation.broken import Broken, holds
from tests.simulation.dynamodb.client import Write
from tests.simulation.stage import DAY, HOUR

Named = tuple[str, int]
"""A hash's id and version."""

CLOCKS = DAY + HOUR
"""How far two clocks may differ, by which days are counted."""


@dataclass
class Watch:
    """What is stored, kept by what was written."""

    bank: str
    """The table's name."""
    cases: str
    """That of the table of cases."""
    clock: Callable[[], float]
    """The true time."""
    hashes: dict[str, BankHash] = field(default_factory=dict)
    waiting: set[Named] = field(default_factory=set)
    """In the outbox."""
    log: list[Segment] = field(default_factory=list)
    in_second: Counter[int] = field(default_factory=Counter)
    logged: dict[Named, int] = field(default_factory=dict)
    """When the log first named each version."""
    withdrawn: dict[tuple[str, str], float] = field(default_factory=dict)
    """When links were truly withdrawn, by ids of hash and link."""
    read: dict[str, int] = field(default_factory=dict)
    """How far each partner has said that it read."""
    first: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    """When the log named each hash: at first, and at last."""
    changes: int = 0
    """In the log, repeated ones too."""
    announced: int = 0
    told: list[str] = field(default_factory=list)
    """What the topic was told."""
    ever: dict[str, Signal] = field(default_factory=dict)
    """Signals of all hashes that there ever were, by id."""
    ever_withdrawn: set[Signal] = field(default_factory=set)
    broken: Broken | None = None
    """What was found first."""

    def __call__(self, writes: Iterable[Write]) -> None:
        """Take in the writes of one call and check them."""
        try:
            self._take(writes)
        except Broken as found:
            self.broken = self.broken or found
            raise

    def check(self) -> None:
        """Raise again what was found, in case somebody took it for a fault of AWS."""
        if self.broken:
            raise self.broken

    def _take(self, writes: Iterable[Write]) -> None:
        for one in writes:
            if one.table == self.cases and one.key[1] == "case" and one.after:
                self._case(one.after)
        ours = [one for one in writes if one.table == self.bank]
        rows = {_name(one.after) for one in ours if one.key[0].startswith("outbox#") and one.after}
        for one in ours:
            pk, sk = one.key
            if pk.startswith("outbox#"):
                self._row(one)
            elif pk == "log":
                self._segment(one)
            elif sk == "hash":
                self._hash(one, rows)
            elif sk == "signal":
                self._pointer(one)
            elif sk == "announced":
                self._announcement(one)
            elif pk == "partner" and one.after:
                self.read[sk] = decode(one.after)["acknowledged"]

    @property
    def published(self) -> set[Signal]:
        """What the log ever named, erased or not."""
        return {self.ever[hash_id] for hash_id in self.first}

    def ahead(self, hash_id: str, checkpoint: int) -> bool:
        """Whether a change of this hash is still to come for who starts at this checkpoint."""
        waits = any(waiting == hash_id for waiting, _ in self.waiting)
        return waits or self.last.get(hash_id, -1) >= checkpoint

    def at_rest(self) -> None:
        """Check what must hold when nobody acts any more and the sweep has been."""
        holds(not self.waiting, "P4", "everything that was committed is in the log")
        for item in self.hashes.values():
            versions = {(item.id, version + 1) for version in range(item.version)}
            holds(versions <= self.logged.keys(), "P4", "every version is in the log")
        holds(self.announced == len(self.log), "N1", "every segment was announced")

    def _hash(self, one: Write, rows: set[Named]) -> None:
        before = one.before and read_hash(decode(one.before))
        if one.after is None:
            holds(before.status is Status.WITHDRAWN, "P4", "what is live is not erased")
            for link_id, link in before.links.items():
                self._forgotten(before, link_id, link)
            self.hashes.pop(before.id)
            return
        item = read_hash(decode(one.after))
        for link_id, link in item.links.items():
            if link.status is Status.WITHDRAWN:
                self.withdrawn.setdefault((item.id, link_id), self.clock())
        for link_id, link in before.links.items() if before else ():
            if link_id not in item.links:
                self._forgotten(before, link_id, link)
        known = before.version if before else 0
        holds(item.version == known + 1, "P7", f"versions are serial: {known}, {item.version}")
        holds((item.id, item.version) in rows, "P1", "a version is written with its outbox row")
        self.hashes[item.id] = item
        self.ever[item.id] = item.signal
        if item.status is Status.WITHDRAWN:
            self.ever_withdrawn.add(item.signal)

    def _forgotten(self, item: BankHash, link_id: str, link: Link) -> None:
        """Check that a link may be forgotten by now."""
        holds(link.status is Status.WITHDRAWN, "P4", "a live link is not forgotten")
        days = (self.clock() - self.withdrawn[item.id, link_id] + CLOCKS) / DAY
        holds(days >= 35, "erasure", "a withdrawn link stays for 35 days")
        if days >= 90:
            return
        logged = self.logged.get((item.id, link.version))
        holds(logged is not None, "erasure", "a withdrawal is logged before it is forgotten")
        for one in partners():
            has = self.read.get(one.id, -1) > (logged or 0)
            holds(
                has or item.signal.type not in one.signal_types,
                "erasure",
                f"{one.id} has read of it, or 90 days are over",
            )

    def _case(self, item: Any) -> None:
        holds("verifier" in item, "case", "a case has an owner")
        ends = "expires" in item
        holds(not ends or item["status"]["S"] == "Withdrawn", "case", "only what is withdrawn ends")

    def _row(self, one: Write) -> None:
        if one.before is not None:
            gone = _name(one.before)
            replaced = one.after is not None and _name(one.after) == gone
            holds(gone in self.logged or replaced, "P4", f"a row goes when it is logged: {gone}")
            self.waiting.discard(gone)
        if one.after is not None:
            self.waiting.add(_name(one.after))

    def _segment(self, one: Write) -> None:
        holds(one.before is None and one.after is not None, "P2", "a segment is written once")
        segment = read_segment(decode(one.after))
        last = self.log[-1] if self.log else log_module.ORIGIN
        holds(segment.number == last.number + 1, "P2", "the log has no gaps")
        holds(segment.ts >= last.ts, "P3", f"the log's time goes down: {last.ts}, {segment.ts}")
        self.log.append(segment)
        self.changes += len(segment.changes)
        self.in_second[segment.ts] += len(segment.changes)
        fits = self.in_second[segment.ts] <= log_module.MOST_PER_SECOND
        holds(fits, "P5", "a second fits into one run")
        for hash_id, version in segment.changes:
            self.logged.setdefault((hash_id, version), segment.ts)
            self.first.setdefault(hash_id, segment.ts)
            self.last[hash_id] = segment.ts

    def _pointer(self, one: Write) -> None:
        if one.after is not None:
            holds(one.before is None, "P5", "a value has one hash")

    def _announcement(self, one: Write) -> None:
        number = decode(one.after)["number"]
        holds(number >= self.announced, "N1", "what was announced stays announced")
        for segment in self.log[self.announced : number]:
            for hash_id, version in segment.changes:
                event = f'"hashId":"{hash_id}","version":{version}}}'
                told = any(event in each for each in self.told)
                holds(told or hash_id not in self.hashes, "N1", "a change was not announced")
        self.announced = number


def _name(item: Any) -> Named:
    plain = decode(item)
    change = read_row(plain)
    return (change.hash_id, change.version) if change else (plain["hash_id"], plain["version"])
