"""A client that keeps the protocol: any page sizes, and a crash at any page."""

import base64
import json
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from functions.partner_sync.fetch_hashes import fetch_hashes
from functions.shared.app import App
from functions.shared.bank import Status
from functions.shared.errors import BadParameter
from tests.feed_model import FULL
from tests.simulation.asking import ask, insist
from tests.simulation.broken import holds
from tests.simulation.stage import Stage, idle
from tests.simulation.watch import Watch
from tests.simulation.writers import AppOf, Wanted

Place = tuple[str, str]
"""Signal type and value: what a record is kept under, as the protocol has it."""


@dataclass(frozen=True)
class Kept:
    """What a client has on disk: records, and the checkpoint that goes with them."""

    records: Mapping[Place, Any] = field(default_factory=dict)
    checkpoint: int = FULL


@dataclass
class Run:
    """A fetch from one start, page by page."""

    start: int
    token: str = ""
    end: int | None = None
    """The log's time when it had begun: it shows nothing later."""


@dataclass
class Reader:
    """One partner. It may lose all since any checkpoint that it held, and go on from there."""

    stage: Stage
    app: AppOf
    watch: Watch
    partner: str
    types: Collection[str]
    turns: int
    kept: Kept = Kept()
    held: list[Kept] = field(default_factory=lambda: [Kept()])
    run: Run | None = None
    tokens: list[tuple[str, int, str]] = field(default_factory=list)
    """Everybody's: whose, of a run from where, and the token. Others' must not work here."""

    def reads(self) -> None:
        """Read for a while, with crashes."""
        for _ in range(self.turns):
            whim = self.stage.draw.random()
            if whim < 0.12:
                self._crashes()
            elif whim < 0.18:
                self.run = None
            elif whim < 0.24:
                self._forges()
            elif whim < 0.3:
                self._loses_a_page()
            else:
                self.reads_a_page()
            idle(12)

    def reads_on(self) -> None:
        """Read for a while, without a crash."""
        for _ in range(self.turns):
            self.reads_a_page()

    def starts_over(self) -> None:
        """Forget all, and fetch anew from 0, as docs/partners.md says after a long absence."""
        self.kept, self.held, self.run = Kept(), [Kept()], None

    def finishes(self) -> None:
        """Read to the end of a run, and then of another one."""
        for _ in range(2):
            self.run = None
            self.reads_a_page()
            while self.run is not None:
                self.reads_a_page()

    def reads_a_page(self) -> None:
        """Ask for the next page until it comes."""
        run, size = self._going(), self._size()
        try:
            page = insist(lambda: self._asks(run, size))
        except BadParameter:
            holds(run.token, "P5", "any checkpoint may be started from")
            self.run = None  # the token has expired
            return
        self._checks(run, page, size)
        self._takes(run, page)

    def at_rest(self, wanted: Wanted) -> None:
        """Check that the client has ended equal to the bank, and the bank to what was wanted."""
        shown = wanted.shown(self.watch.hashes)
        active = {(one.type, one.value) for one in shown if one.type in self.types}
        known = {place for place, one in self.kept.records.items() if _is_active(one)}
        holds(known == active, "P5", f"{self.partner} knows what is active: {known ^ active}")
        for record in self.kept.records.values():
            item = self.watch.hashes.get(record["hashId"])
            if item is None:
                holds(not _is_active(record), "P5", f"{self.partner} knows what was erased")
                continue
            current = item.version == record["version"]
            holds(current, "P5", f"{self.partner} has the latest of each record")
            if item.signal not in self.watch.ever_withdrawn:
                self._checks_answers(record, wanted)

    def _checks_answers(self, record: Any, wanted: Wanted) -> None:
        told = {one["source"]: one["feedbackValue"] for one in record["CSPFeedbacks"]}
        for (partner, value), given in wanted.answers.items():
            if value == record["hashValue"] and given != "Withdrawn":
                holds(told.get(partner) == given, "P5", f"the answer of {partner} is shown")

    def _going(self) -> Run:
        if self.run is None:
            self.run = Run(self.kept.checkpoint)
        return self.run

    def _size(self) -> int:
        return self.stage.draw.choice((1, 1, 2, 3, 5, 1_000))

    def _asks(self, run: Run, size: int) -> Any:
        app: App = self.app("partner_sync.fetch_hashes")
        return fetch_hashes(self.partner, run.start, size, run.token, app)

    def _crashes(self) -> None:
        place = self.stage.draw.randrange(len(self.held))
        self.kept, self.held, self.run = self.held[place], self.held[: place + 1], None

    def _loses_a_page(self) -> None:
        """Ask for a page and never see the answer."""
        with suppress(BadParameter):
            ask(lambda: self._asks(self._going(), self._size()))

    def _forges(self) -> None:
        """Send a token that is not of this run, or was tampered with: it must not be taken."""
        run = self._going()
        others = [one for *of, one in self.tokens if of != [self.partner, run.start]]
        tokens = [_forged(run.token)] if run.token else []
        tokens += [self.stage.draw.choice(others)] if others else []
        if not tokens:
            return
        token = self.stage.draw.choice(tokens)
        try:
            told = ask(lambda: self._asks(Run(run.start, token), 1))
        except BadParameter:
            return
        holds(told is None, "token", "a token is taken that is forged or of another run")

    def _checks(self, run: Run, page: Any, size: int) -> None:
        records, resume = page["hashRecords"], page["nextSetTimestamp"]
        holds(len(records) == page["count"] <= size, "P5", "no more than was asked for")
        places = [_place(one) for one in records]
        holds(len(set(places)) == len(places), "P5", "each hash once")
        times = [one["lastModtimestamp"] for one in records]
        holds(times == sorted(times) and all(time <= resume for time in times), "P6", "in order")
        holds(resume >= max(run.start, self.kept.checkpoint), "P6", "nextSetTimestamp goes down")
        for one in records:
            holds(one["signalType"] in self.types, "types", "only types that it takes")
            self._checks_record(run, one)
        if run.end is None:
            run.end = max(run.start, self.watch.log[-1].ts if self.watch.log else 0)
        holds(resume <= run.end, "P8", "a run goes on and on while the log grows")

    def _checks_record(self, run: Run, record: Any) -> None:
        before = self.kept.records.get(_place(record))
        if before and before["hashId"] == record["hashId"]:
            holds(record["version"] >= before["version"], "P7", "a version falls")
        if not _is_active(record):
            first = self.watch.first[record["hashId"]]
            holds(first <= run.start, "rule 6", "a hash is learned as withdrawn")

    def _takes(self, run: Run, page: Any) -> None:
        records = {_place(one): one for one in page["hashRecords"]}
        self.kept = Kept({**self.kept.records, **records}, page["nextSetTimestamp"])
        self.held.append(self.kept)
        run.token = page["nextPageToken"] or ""
        if run.token:
            self.tokens.append((self.partner, run.start, run.token))
        if not page["hasMoreRecords"]:
            self.run = None
        self._misses_nothing()

    def _misses_nothing(self) -> None:
        """Check that the client is right about each hash, or will hear of it."""
        for item in self.watch.hashes.values():
            if item.signal.type not in self.types:
                continue
            record = self.kept.records.get((item.signal.type, item.signal.value))
            if record is None and item.status is Status.WITHDRAWN:
                continue
            right = record and (record["hashId"], record["version"]) == (item.id, item.version)
            holds(
                right or self.watch.ahead(item.id, self.kept.checkpoint),
                "P6",
                f"{self.partner} has passed what it was not told of",
            )


def _place(record: Any) -> Place:
    return record["signalType"], record["hashValue"]


def _is_active(record: Any) -> bool:
    return bool(record["hashStatus"] == "Active")


def _forged(token: str) -> str:
    """Return a token for a place further on, with the signature of the genuine one."""
    payload, _, signature = token.partition(".")
    start, segment, *rest = json.loads(
        base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4))
    )
    moved = json.dumps([start, segment + 1, *rest], separators=(",", ":")).encode()
    return f"{base64.urlsafe_b64encode(moved).rstrip(b'=').decode()}.{signature}"
