"""One schedule: who takes part, how much goes wrong, and what must be true at the end."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from types import SimpleNamespace
from typing import Any

import pytest

from functions.create_case import handler as create_case
from functions.partner_sync import fetch_hashes
from functions.partner_sync import sequence as sequencing
from functions.shared import feed, log, search
from functions.shared.app import App
from functions.shared.signals import Signal
from functions.shared.store import bank
from functions.withdraw import emptying
from functions.withdraw import finish as finishing
from functions.withdraw.purge import purge
from infrastructure.routes import SEQUENCER
from tests.people import pdq
from tests.simulation.asking import ask, insist
from tests.simulation.broken import holds
from tests.simulation.faults import Faults
from tests.simulation.published import PublishedReader, keys_for
from tests.simulation.reader import Reader
from tests.simulation.stage import DAY, Stage, idle, patient, pause
from tests.simulation.world import MemoryWorld
from tests.simulation.writers import Answerer, Finder, Person, Wanted

POOL = (
    *(Signal("ImagePDQ", pdq(seed)) for seed in range(6)),
    *(Signal("VideoMD5", pdq(seed)[:32]) for seed in range(2)),
    *(Signal("VideoPDQ", pdq(seed)) for seed in range(10, 12)),
)
V1 = frozenset({"ImagePDQ", "VideoMD5"})
TYPES = {
    "alpha": V1,
    "beta": V1 | {"VideoPDQ"},
    "gamma": frozenset({"VideoPDQ"}),
}
"""What partners take."""

PUBLISHED = "alpha"
"""Who at times takes part with the published client."""

NEW = (
    Signal("ImagePDQ", pdq(50)),
    Signal("VideoMD5", pdq(50)[:32]),
    Signal("VideoPDQ", pdq(51)),
)
"""What comes forty days later."""

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
        self.stage.wild = draw.choice((0, 0, 0.003, 0.02))
        self.world = world(self.stage, self.faults)
        self.stage.check = self.world.watch.check
        self.wanted = Wanted()
        self.ages = self.stage.chance(0.1) and not small
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
            self._rest()
            if self.ages:
                self._age()
                self._rest()
                self._forget()

    def _rest(self) -> None:
        """Let all come to rest, and check what must hold then."""
        self.stage.wild = self.faults.rate = 0
        self._do(self._sweeps)
        self.world.watch.at_rest()
        self._do(*(reader.finishes for reader in self.readers))
        for reader in self.readers:
            reader.at_rest(self.wanted)

    def _age(self) -> None:
        """Let forty days pass, after which what was withdrawn may be purged, and begin to."""
        self.stage.time += 40 * DAY
        self.stage.haste = 0.01
        self._person(90, NEW, withdraws=False)
        self.stage.run()
        self._rest()
        self.faults.rate = self.rate
        self._person(91, tuple(self.stage.draw.sample(POOL, 3)), withdraws=False)
        for place in range(2):
            self.stage.add(f"purge {place}", lambda: ask(lambda: Done(purge(self._purger))))
        for reader in self.readers:
            self.stage.add(f"{reader.partner}, reading", reader.reads_on)
        self._do(self._sweeps)

    def _forget(self) -> None:
        """Purge what is left, and check that nothing is known any more of what was withdrawn."""
        self.stage.haste = 0  # a purge reads a partition for each day, and has 40 s
        self._do(
            lambda: insist(lambda: Done(purge(self._purger)), lambda told: not told["forgotten"])
        )
        self._rest()
        known = {item.signal for item in self.world.watch.hashes.values()}
        holds(known == self.wanted.active, "erasure", "nothing is kept of what was withdrawn")

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
        for place in range(draw.randint(1, 2 if self.small else 4)):
            signals = tuple(draw.sample(POOL, draw.randint(1, 2 if self.small else 4)))
            self._person(place, signals, withdraws=stage.chance(0.6))
        if stage.chance(0.3):
            stage.add("the clock, finishing", self._finishes)
        for name in draw.sample(sorted(TYPES), draw.randint(0, 2)):
            answerer = Answerer(stage, app, wanted, name, POOL, draw.randint(1, 3))
            stage.add(f"{name}, answering", answerer.answers)
        if stage.chance(0.3):
            finder = Finder(stage, app, wanted, "beta", tuple(draw.sample(POOL, 2)))
            stage.add("beta, submitting", finder.submits)
        for place in range(draw.randint(0, 3)):
            stage.add(f"sequencer {place}", self._sequences)
        for reader in self.readers:
            stage.add(f"{reader.partner}, reading", reader.reads)

    def _person(self, place: int, signals: tuple[Signal, ...], *, withdraws: bool) -> None:
        person = Person(self.stage, self.world.app, self.wanted, place, signals, withdraws)
        self.stage.add(f"person {place}", person.uploads)
        if withdraws:
            self.stage.add(f"person {place}, withdrawing", person.withdraws_it)

    def _finishes(self) -> None:
        """Complete withdrawals as the clock does, beside the person's own calls."""
        for _ in range(3):
            idle(60)
            ask(lambda: Done(finishing.finish(self.world.app("withdraw.finish"))))

    @property
    def _purger(self) -> App:
        made: App = self.world.app("withdraw.purge")
        return made

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
        return Reader(stage, app, watch, name, TYPES[name], turns)


@dataclass(frozen=True)
class Done:
    """What a function that is no handler returned, as an answer."""

    said: Any

    @property
    def body(self) -> Any:
        """What it said."""
        return self.said if isinstance(self.said, int) else asdict(self.said)
