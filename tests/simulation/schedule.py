"""One schedule: who takes part, how much goes wrong, and what must be true at the end."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

import pytest

from functions.create_case import handler as create_case
from functions.partner_sync import fetch_hashes
from functions.partner_sync import sequence as sequencing
from functions.shared import feed, log, search
from functions.shared.cases import Case
from functions.shared.credentials import case_key
from functions.shared.errors import Conflict
from functions.shared.signals import Signal
from functions.shared.store import bank
from functions.withdraw import emptying
from functions.withdraw import finish as finishing
from functions.withdraw import handler as withdrawing
from functions.withdraw import purge as purging
from infrastructure.routes import SEQUENCER
from tests.people import pdq
from tests.simulation.asking import MOST_TRIES, Done, ask, insist
from tests.simulation.broken import holds
from tests.simulation.faults import Faults
from tests.simulation.followed import Follower
from tests.simulation.published import PublishedReader, keys_for
from tests.simulation.reader import Reader
from tests.simulation.stage import DAY, Stage, idle, patient, pause
from tests.simulation.world import MemoryWorld
from tests.simulation.writers import ANSWERS, Answerer, Finder, Operator, Person, Wanted

POOL = (
    *(Signal("ImagePDQ", pdq(seed)) for seed in range(6)),
    *(Signal("VideoMD5", pdq(seed)[:32]) for seed in range(2)),
    *(Signal("VideoPDQ", pdq(seed)) for seed in range(10, 12)),
)
AGE = 0.07
"""The share of schedules that are looked at again months later."""

V1 = frozenset({"ImagePDQ", "VideoMD5"})
TYPES = {
    "alpha": V1,
    "beta": V1 | {"VideoPDQ"},
    "gamma": frozenset({"VideoPDQ"}),
}
"""What partners take."""

PUBLISHED = "alpha"
"""Who at times takes part with the published client."""

LATER = (20, 40, 100)
"""Days after which the bank is looked at again: when nothing may be purged yet, when what all have
read of must be, and when everything must be."""

NEW = [
    (
        Signal("ImagePDQ", pdq(50 + place)),
        Signal("VideoMD5", pdq(50 + place)[:32]),
        Signal("VideoPDQ", pdq(60 + place)),
    )
    for place in range(len(LATER))
]
"""What comes then."""

REGISTER = [
    {"id": name, "name": name.title(), "signal_types": sorted(types)}
    for name, types in TYPES.items()
]
"""As infrastructure/partners.json has them."""


@dataclass(frozen=True)
class Knobs:
    """Sizes that are small here, so that a few hashes already need several of everything."""

    segment: int
    transaction: int
    second: int
    changes: int
    rounds: int
    places: int
    seconds: float

    @classmethod
    def drawn(cls, draw: random.Random) -> "Knobs":
        """Draw sizes."""
        segment = draw.choice((1, 2, 3, 5))
        return cls(
            segment=segment,
            transaction=draw.choice((1, 2, 5)),
            second=draw.choice((segment, 2 * segment, 20, 5_000)),
            changes=draw.choice((1, 3, 7, 2_000)),
            rounds=draw.choice((1, 2, 20)),
            places=draw.choice((1, 2, 3, 100)),
            seconds=draw.choice((0.2, 15)),
        )

    @contextmanager
    def turned(self) -> Iterator[None]:
        """Let the code have these sizes."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sequencing, "MOST_PER_SEGMENT", self.segment)
            patch.setattr(create_case, "ADDITIONS_A_TRANSACTION", self.transaction)
            patch.setattr(bank, "HASHES_A_TRANSACTION", self.transaction)
            patch.setattr(log, "MOST_PER_SECOND", self.second)
            patch.setattr(feed, "MOST_CHANGES", self.changes)
            patch.setattr(feed, "MOST_ROUNDS", self.rounds)
            patch.setattr(search, "MOST_PLACES", self.places)
            patch.setattr(emptying, "LINKS_A_TRANSACTION", self.transaction)
            patch.setattr(purging, "FORGOTTEN_A_TRANSACTION", self.transaction)
            patch.setattr(withdrawing, "MOST_SECONDS", self.seconds)
            patch.setattr(fetch_hashes, "LARGEST_PAGE", 7)
            yield


class Schedule:
    """Everything that follows from one seed."""

    def __init__(
        self, seed: int, world: Callable[[Stage, Faults], Any] = MemoryWorld, *, small: bool = False
    ) -> None:
        self.small = small
        self.stage = Stage(seed)
        draw = self.stage.draw
        self.knobs = Knobs.drawn(draw)
        self.faults = Faults(self.stage, draw.choice((0, 0.01, 0.03, 0.1)))
        self.rate = self.faults.rate
        self.wild = self.stage.wild = draw.choice((0, 0, 0.003, 0.02))
        self.world = world(self.stage, self.faults)
        self.stage.check = self.world.watch.check
        self.wanted = Wanted()
        self.ages = self.stage.chance(AGE) and not small
        self.people: list[Person] = []
        self.tokens: list[tuple[str, int, str]] = []
        names = draw.sample(sorted(TYPES), 1) if small else TYPES
        self.readers = [self._reader(name) for name in names]
        self._cast()

    def run(self) -> None:
        """Let all happen, then let all come to rest, and check it.

        Raises:
            Broken: an invariant does not hold.
        """
        with patient(), self.knobs.turned(), self._chance():
            self.stage.run()
            self._rest(self.readers)
            if not self.small or self.stage.seed % 5 == 0:  # it is most of the calls of a small one
                self._do(self._follows)
            if self.ages:
                self._ages()

    def _rest(self, readers: Sequence[Reader | PublishedReader]) -> None:
        """Let all come to rest, and check what must hold then; `readers` read on."""
        self.stage.wild = self.faults.rate = 0
        self._do(self._completes)
        self._do(self._sweeps)
        self.world.watch.at_rest()
        self._do(*(reader.finishes for reader in readers))
        for reader in readers:
            reader.at_rest(self.wanted)

    def _ages(self) -> None:
        """Let months pass, with a partner that does not read meanwhile, or with none."""
        absent = self.stage.draw.choice((None, *self.readers))
        present = [one for one in self.readers if one is not absent]
        left = self._withdrawn_case() if self.stage.chance(0.5) else None
        begun = self.stage.time
        for place, days in enumerate(LATER):
            self.stage.haste = 0.01
            self.stage.time = begun + days * DAY
            self._person(90 + place, NEW[place], withdraws=False)
            self.stage.run()
            self._rest(present)
            self._forgets(place, present)
            if days == LATER[1]:
                self._comes_back(left)
            self._rest(present)
            if days == LATER[-1] or (days == LATER[1] and not absent):
                known = {item.signal for item in self.world.watch.hashes.values()}
                gone = known == self.wanted.claimed
                holds(gone, "erasure", "nothing is kept of what was withdrawn")
        if absent:
            absent.starts_over()
            self._rest(self.readers)

    def _forgets(self, place: int, present: Sequence[Reader | PublishedReader]) -> None:
        """Purge while others act and clocks jump, and then what is left."""
        self.stage.wild, self.faults.rate = self.wild, self.rate
        for nth in range(2 * place):  # they meet the purge at the hashes that it erases
            again = tuple(self.stage.draw.sample(POOL, 4))
            self._person(60 + 10 * place + nth, again, withdraws=False, ready=self._erasing)
        for nth in range(min(2, place + 1)):
            self.stage.add(f"purge {nth}", self._purges)
            self.stage.actors[-1].pace = 0.05  # so that others come between its calls
        for reader in present:
            self.stage.add(f"{reader.partner}, reading", reader.reads_on)
        self._do(self._sweeps)
        self.stage.wild = self.stage.haste = 0
        if place:
            self._do(lambda: insist(self._purged, lambda told: not told["forgotten"]))

    def _erasing(self) -> bool:
        """Whether a purge has found something, or none runs any more."""
        purges = [one for one in self.stage.actors if one.name.startswith("purge") and not one.dead]
        return not purges or any(one.call == "BatchGetItem" for one in purges)

    def _purges(self) -> None:
        ask(self._purged)

    def _purged(self) -> Done:
        return Done(purging.purge(self.world.app("withdraw.purge")))

    def _withdrawn_case(self) -> tuple[Person, Case] | None:
        """Return somebody who has withdrawn, and the case as a call of theirs knows it."""
        person = next((one for one in self.people if one.withdraws), None)
        if person is None:
            return None
        key = case_key(person.number, self.world.app("withdraw.handler").mac)
        case = self.world.store.cases.get(key)
        return (person, replace(case, expires=None)) if case else None

    def _comes_back(self, left: tuple[Person, Case] | None) -> None:
        """Let somebody's number be used again, and a call of before its end come to itself."""
        if left is None:
            return
        person, stale = left
        self._person(person.place, (POOL[0], NEW[0][0]), withdraws=False)
        self.stage.run()

        def closes() -> None:
            with suppress(Conflict):
                app = self.world.app("withdraw.finish")
                app.store.withdrawals.close(stale, int(self.stage.time) + DAY)

        self.stage.add("a call that was frozen", closes)
        self.stage.run()

    def _completes(self) -> None:
        """Complete withdrawals as the clock does, until none is left."""
        for _ in range(MOST_TRIES):
            if not list(self.world.store.withdrawals.begun(" ")):
                return
            self._finished()
        holds(False, "withdrawal", "what was begun is completed")

    def _follows(self) -> None:
        """Ask for the status of every case."""
        Follower(
            self.world.app("status.handler"),
            self.world.watch,
            self.wanted,
            {one.partner: one for one in self.readers if isinstance(one, Reader)},
            calm=not self.wild,
        ).follows(self.people)

    def _do(self, *acts: Callable[[], Any]) -> None:
        for act in acts:
            self.stage.add("at rest", act)
        self.stage.run()

    def _sweeps(self) -> None:
        """Run the sequencer as the clock does, until there is nothing left."""
        while self._sequenced() != 0 or self.world.watch.waiting:
            pause()

    def _sequenced(self) -> Any:
        return ask(lambda: Done(sequencing.sequence(self.world.app(SEQUENCER))))

    def _cast(self) -> None:
        draw, stage, wanted, app = self.stage.draw, self.stage, self.wanted, self.world.app
        watch = self.world.watch
        for place in range(draw.randint(1, 2 if self.small else 4)):
            signals = tuple(draw.sample(POOL, draw.randint(1, 2 if self.small else 4)))
            self._person(place, signals, withdraws=stage.chance(0.6))
        if stage.chance(0.3):
            stage.add("the clock, finishing", self._finishes)
        names, pool = draw.sample(sorted(TYPES), draw.randint(0, 2)), POOL
        given: tuple[str, ...] = ANSWERS
        if not self.small and stage.chance(0.2):
            names, pool, given = draw.sample(sorted(TYPES), 2), POOL[:2], ("NotBlocked",)
            operator = Operator(stage, app, wanted, watch.hashes, draw.randint(1, 4))
            stage.add("the operator", operator.rules)
        finds = stage.chance(0.3)
        for name in names:
            said = tuple(set(given) - {"Withdrawn"}) if finds and name == "beta" else given
            answerer = Answerer(stage, app, wanted, name, pool, draw.randint(1, 3), sorted(said))
            stage.add(f"{name}, answering", answerer.answers)
        if finds:
            found = tuple(draw.sample(POOL, 2))
            finder = Finder(stage, app, wanted, "beta", found, stage.chance(0.3))
            stage.add("beta, submitting", finder.submits)
        for place in range(draw.randint(0, 3)):
            stage.add(f"sequencer {place}", self._sequences)
        for reader in self.readers:
            stage.add(f"{reader.partner}, reading", reader.reads)

    def _person(
        self,
        place: int,
        signals: tuple[Signal, ...],
        *,
        withdraws: bool,
        ready: Callable[[], bool] = lambda: True,
    ) -> None:
        stays = not withdraws or self.stage.chance(0.6)
        person = Person(
            self.stage, self.world.app, self.wanted, place, signals, withdraws, stays, ready
        )
        self.people.append(person)
        self.stage.add(f"person {place}", person.uploads)
        if withdraws:
            self.stage.add(f"person {place}, withdrawing", person.withdraws_it)

    def _finishes(self) -> None:
        """Complete withdrawals as the clock does, beside the person's own calls."""
        for _ in range(3):
            idle(60)
            self._finished()

    def _finished(self) -> None:
        ask(lambda: Done(finishing.finish(self.world.app("withdraw.finish"))))

    @contextmanager
    def _chance(self) -> Iterator[None]:
        """Let chance that changes the order of things follow from the seed."""
        with pytest.MonkeyPatch.context() as patch:
            drawn = SimpleNamespace(token_hex=lambda _: self.stage.new_id())
            patch.setattr(finishing, "secrets", drawn)
            yield

    def _sequences(self) -> None:
        """Be woken now and then: by the stream, once or several times, and by the clock."""
        for _ in range(self.stage.draw.randint(1, 8)):
            idle(40)
            ask(lambda: Done(sequencing.sequence(self.world.app(SEQUENCER))))

    def _reader(self, name: str) -> Reader | PublishedReader:
        stage, app, watch = self.stage, self.world.app, self.world.watch
        if name == PUBLISHED and not self.small and stage.chance(0.2):
            keys = keys_for(name, self.world.store)
            return PublishedReader(stage, app, watch, name, keys, stage.draw.randint(1, 4))
        turns = stage.draw.randint(1, 3) if self.small else stage.draw.randint(3, 10)
        return Reader(stage, app, watch, name, TYPES[name], turns, tokens=self.tokens)
