"""One bank in memory with its actors' Apps, at one stage."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import greenlet

from functions.shared.app import App
from functions.shared.store import Store
from infrastructure import schema
from tests.simulation.dynamodb import MemoryDynamoDB
from tests.simulation.faults import Faults
from tests.simulation.services import MemoryKms, MemoryTopic
from tests.simulation.stage import Actor, Stage
from tests.simulation.watch import Watch
from tests.world import CHEAP

ENV = {f"{table.name.upper()}_TABLE": table.name for table in schema.TABLES} | {
    "MAC_KEY": "key",
    "TOPIC_ARN": "topic",
    "DISPUTED_AFTER": "2",
}


class StagedApp(App):
    """An App whose chance is the stage's too."""

    @property
    def stage(self) -> Stage:
        """The stage of whoever is acting."""
        me = greenlet.getcurrent()
        assert isinstance(me, Actor)
        return me.stage

    def new_id(self) -> str:
        """Return an id that follows from the seed."""
        return self.stage.new_id()


@dataclass
class MemoryWorld:
    """Tables, a topic and a key in memory; every call to them is a turn, and may fail."""

    stage: Stage
    faults: Faults

    @cached_property
    def dynamodb(self) -> MemoryDynamoDB:
        """The tables."""
        made = MemoryDynamoDB.of(table.name for table in schema.TABLES)
        made.stale = lambda: self.stage.chance(0.5)
        made.committed.append(self.watch)
        return made.through(self.faults.around)

    @cached_property
    def watch(self) -> Watch:
        """Who looks at every write."""
        return Watch(schema.BANK.name, schema.CASES.name, lambda: self.stage.time)

    @cached_property
    def _services(self) -> dict[str, Any]:
        return {
            "dynamodb": self.dynamodb,
            "kms": MemoryKms(self.faults.around),
            "sns": MemoryTopic(self.watch.told, self.faults.around),
        }

    def app(self, handler: str) -> App:
        """Return a new App, as a new copy of a function has."""
        return StagedApp(
            ENV,
            lambda service, region=None: self._services[service],
            self.stage.clock,
            CHEAP,
            elapsed=lambda: self.stage.time,
        )

    @property
    def store(self) -> Store:
        """The tables as they are, without faults."""
        return StagedApp(ENV, lambda *_: MemoryDynamoDB(self.dynamodb.tables)).store
