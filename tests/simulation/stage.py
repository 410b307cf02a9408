"""Actors on one thread, and a seed that says which of them goes on at each call to AWS."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import greenlet
import pytest

from functions.shared.store import patience
from tests.simulation.broken import Broken
from tests.world import START

HOUR, DAY = 3_600, 86_400
MOST_TURNS = 20_000
"""A schedule takes a few hundred. One that takes so many does not end by itself."""


class Killed(BaseException):
    """The function that was running has stopped for good, wherever it was."""


class Actor(greenlet.greenlet):  # type: ignore[misc]
    """Somebody who acts, with a clock that may differ from everybody else's."""

    def __init__(self, stage: "Stage", name: str, act: Callable[[], object], pace: float) -> None:
        super().__init__(act)
        self.stage = stage
        self.name = name
        self.pace = pace
        self.offset = 0
        self.call: Any = None
        """What it is asking AWS for."""
        self.wakes = 0
        """The turn before which it does nothing."""


@dataclass
class Stage:
    """Where actors take turns. Everything that happens follows from the seed."""

    seed: int
    wild: float = 0.0
    """How often a clock jumps: a probability at each turn."""
    haste: float = 0.2
    """How often time passes: a probability at each turn."""
    actors: list[Actor] = field(default_factory=list)
    turns: int = 0
    time: float = START
    world: Any = None
    """Where its calls go, if they cannot know that by themselves."""
    trace: list[str] = field(default_factory=list)
    """Who did what, to compare two runs by."""
    check: Callable[[], None] = lambda: None
    """Called after each turn: what was found broken must not be taken for some fault of AWS."""

    def __post_init__(self) -> None:
        self.draw = random.Random(self.seed)  # noqa: S311 - a schedule's, no secret

    def add(self, name: str, act: Callable[[], object]) -> None:
        """Let somebody take part. Some are quick and some are slow."""
        self.actors.append(Actor(self, name, act, self.draw.choice((0.05, 0.3, 1, 1, 3))))

    def run(self) -> None:
        """Let all act until all are done, each for one call at a time.

        Raises:
            Broken: they do not come to an end.
        """
        while running := [actor for actor in self.actors if not actor.dead]:
            self.turns = max(self.turns + 1, min(actor.wakes for actor in running))
            if self.turns > MOST_TURNS:
                raise Broken("P8", "it does not end")
            awake = [actor for actor in running if actor.wakes <= self.turns]
            [actor] = self.draw.choices(awake, [one.pace for one in awake])
            self._let_time_pass(actor)
            actor.switch()
            self.check()

    def clock(self) -> float:
        """Return the time on the clock of whoever asks."""
        me = greenlet.getcurrent()
        return self.time + (me.offset if isinstance(me, Actor) else 0)

    def new_id(self) -> str:
        """Return an id as random as the seed."""
        return f"{self.draw.getrandbits(64):016x}"

    def chance(self, probability: float) -> bool:
        """Whether something happens."""
        return self.draw.random() < probability

    def _let_time_pass(self, actor: Actor) -> None:
        if self.chance(self.haste):
            self.time += self.draw.choice((0.3, 1, 1, 1, 3, 60))
        if self.chance(self.wild):
            actor.offset = self.draw.choice((-HOUR, 0, 0, DAY))


def idle(most: int) -> None:
    """Do nothing for some turns, fewer than `most`."""
    me = greenlet.getcurrent()
    assert isinstance(me, Actor)
    me.wakes = me.stage.turns + me.stage.draw.randrange(most)
    pause()


def pause(_: float = 0) -> None:
    """Let others go on. Outside of a stage there are no others."""
    me = greenlet.getcurrent()
    if isinstance(me, Actor) and me.parent is not None:
        me.parent.switch()


@contextmanager
def patient() -> Iterator[None]:
    """Let a pause of our code be the turn of others."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(patience, "time", SimpleNamespace(sleep=pause))
        yield
