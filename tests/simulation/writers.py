"""Who changes the bank: people with cases, and partners with answers and hashes of their own."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from functions.create_case.handler import create_case
from functions.partner_sync.submit_feedback import SubmittedFeedback, submit_feedback
from functions.partner_sync.submit_hashes import SubmittedHashes, submit_hashes
from functions.shared.app import App
from functions.shared.bank import BankHash
from functions.shared.disputes import Decide, delist, keep
from functions.shared.errors import CaseWithdrawn, Problem, UnknownCase
from functions.shared.models import NewCase, NewSignal
from functions.shared.signals import Signal
from functions.shared.store.bank import BankStore
from functions.shared.store.disputes import DisputeStore
from functions.withdraw.handler import withdraw
from infrastructure.disputes import Desk
from tests.people import PIN, SYMBOLS, credentials, number_of
from tests.simulation.asking import Done, ask, insist
from tests.simulation.broken import holds
from tests.simulation.stage import Stage, idle

AppOf = Callable[[str], App]
ANSWERS = ("Blocked", "NotBlocked", "PendingReview", "Withdrawn")


@dataclass
class Wanted:
    """What the bank must come to, by what people and partners were told."""

    cases: dict[int, frozenset[Signal]] = field(default_factory=dict)
    """Signals by person, of cases that are to stay."""
    submitted: set[Signal] = field(default_factory=set)
    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    """By partner and value: the last answer that was stored."""
    said: set[tuple[str, str, str]] = field(default_factory=set)
    """Partner, value and answer: whatever was ever asked to be stored."""
    delisted: set[str] = field(default_factory=set)
    """Ids of hashes that the operator took away from partners."""

    @property
    def claimed(self) -> frozenset[Signal]:
        """What somebody stands behind."""
        return frozenset().union(self.submitted, *self.cases.values())

    def shown(self, hashes: Mapping[str, BankHash]) -> frozenset[Signal]:
        """Return what partners are to have as active."""
        return self.claimed - {hashes[one].signal for one in self.delisted if one in hashes}


@dataclass
class Person:
    """Somebody with a case, who may take it back at any time, from a second device too."""

    stage: Stage
    app: AppOf
    wanted: Wanted
    place: int
    signals: tuple[Signal, ...]
    withdraws: bool
    stays: bool = True
    """Whether it waits for a withdrawal to be complete. Some leave as soon as it has begun."""
    ready: Callable[[], bool] = lambda: True
    """Whether it may begin."""

    def uploads(self) -> None:
        """Send the case chunk by chunk, each until it is acknowledged."""
        while not self.ready():
            idle(20)
        done = 0
        while done < len(self.signals):
            size = self.stage.draw.randint(1, len(self.signals) - done)
            try:
                told = insist(partial(self._send, done, size))
            except CaseWithdrawn:
                holds(self.withdraws, "P4", "only who withdraws is told that it is withdrawn")
                return
            done += size
            holds(told["received"] >= done, "P4", "what was sent is received")
        if not self.withdraws:
            self.wanted.cases[self.place] = frozenset(self.signals)

    def withdraws_it(self) -> None:
        """Take the case back as soon as there is one, and try to send it once more."""
        idle(60)
        while True:
            try:
                insist(self._withdraw, lambda told: told["remaining"] == 0 or not self.stays)
                break
            except UnknownCase:
                idle(60)
        if self.stays:
            with suppress(Problem):
                ask(lambda: self._send(0, len(self.signals)))

    def _send(self, offset: int, size: int) -> Any:
        part = self.signals[offset : offset + size]
        request = NewCase(
            number=self.number,
            pin=PIN,
            total=len(self.signals),
            offset=offset,
            signals=[_sent(signal) for signal in part],
        )
        return create_case(request, self.app("create_case.handler"))

    def _withdraw(self) -> Any:
        return withdraw(credentials(self.number), self.app("withdraw.handler"))

    @property
    def number(self) -> str:
        """Of the case."""
        return number_of(f"{self.place:03d}" + SYMBOLS[3:])


@dataclass
class Answerer:
    """A partner that answers about hashes, known ones and others."""

    stage: Stage
    app: AppOf
    wanted: Wanted
    partner: str
    pool: tuple[Signal, ...]
    times: int
    given: Sequence[str] = ANSWERS

    def answers(self) -> None:
        """Give answers, each until it is acknowledged."""
        for _ in range(self.times):
            idle(30)
            values = self.stage.draw.sample([one.value for one in self.pool], 2)
            given = self.stage.draw.choice(self.given)
            self.wanted.said |= {(self.partner, value, given) for value in values}
            items = [{"hashValue": value, "feedbackValue": given} for value in values]
            request = SubmittedFeedback.model_validate({"count": 2, "hashFeedbacks": items})
            told = insist(partial(self._answer, request))
            for value, result in zip(values, told["results"], strict=True):
                if result["result"] == "stored":
                    self.wanted.answers[self.partner, value] = given

    def _answer(self, request: SubmittedFeedback) -> Any:
        handler = "partner_sync.submit_feedback"
        return submit_feedback(self.partner, request, self.app(handler))


@dataclass
class Finder:
    """A partner that puts hashes into the bank itself."""

    stage: Stage
    app: AppOf
    wanted: Wanted
    partner: str
    found: tuple[Signal, ...]
    takes_back: bool = False

    def submits(self) -> None:
        """Send its hashes until they are acknowledged, and maybe take them back."""
        items = [{"signalType": one.type, "hashValue": one.value} for one in self.found]
        request = SubmittedHashes.model_validate({"count": len(items), "hashRecords": items})
        insist(lambda: submit_hashes(self.partner, request, self.app("partner_sync.submit_hashes")))
        self.wanted.submitted |= set(self.found)
        if not self.takes_back:
            return
        idle(30)
        items = [{"hashValue": one.value, "feedbackValue": "Withdrawn"} for one in self.found]
        answer = SubmittedFeedback.model_validate({"count": len(items), "hashFeedbacks": items})
        insist(
            lambda: submit_feedback(self.partner, answer, self.app("partner_sync.submit_feedback"))
        )
        self.wanted.said |= {(self.partner, one.value, "Withdrawn") for one in self.found}
        self.wanted.submitted -= set(self.found)


@dataclass
class Operator:
    """Who rules on disputes, with the command's own code."""

    stage: Stage
    app: AppOf
    wanted: Wanted
    hashes: Mapping[str, BankHash]
    times: int

    def rules(self) -> None:
        """Look now and then for what was ever disputed, and decide about one of these."""
        for _ in range(self.times):
            idle(60)
            if disputed := sorted(key for key, item in self.hashes.items() if item.dispute):
                self._rules(self.stage.draw.choice(disputed))

    def _rules(self, hash_id: str) -> None:
        decision = self.stage.draw.choice((keep, delist, delist))
        insist(lambda: self._decide(hash_id, decision))
        if decision is delist:
            self.wanted.delisted.add(hash_id)
        else:
            self.wanted.delisted.discard(hash_id)

    def _decide(self, hash_id: str, decision: Decide) -> Any:
        app = self.app("infrastructure.disputes")
        table = app.store.bank.table
        desk = Desk(DisputeStore(table), BankStore(table))
        return Done(desk.decide(hash_id, decision, app.now()))


def _sent(signal: Signal) -> NewSignal:
    quality = None if signal.type == "VideoMD5" else 100
    return NewSignal(type=signal.type, value=signal.value, quality=quality)
