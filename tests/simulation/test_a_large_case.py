"""A case of 5,000 hashes, killed at every call to AWS, created and withdrawn all the same."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from functions.shared.app import App
from infrastructure import schema
from tests.killed import Death, Person
from tests.simulation.dynamodb import MemoryDynamoDB
from tests.simulation.services import MemoryKms, MemoryTopic
from tests.withdrawn import check_withdrawn, log_everything
from tests.world import CHEAP, START

TOTAL, CHUNK = 5_000, 500
ENV = {f"{table.name.upper()}_TABLE": table.name for table in schema.TABLES}
NEVER = Death(-1, after=True)


@dataclass
class Memory:
    now: float = START
    client: MemoryDynamoDB = field(
        default_factory=lambda: MemoryDynamoDB.of(table.name for table in schema.TABLES)
    )

    def app(self, handler: str, death: Death = NEVER) -> App:
        clients: dict[str, Any] = {
            "dynamodb": self.client.through(death.around),
            "kms": MemoryKms(death.around),
            "sns": MemoryTopic([]),
        }
        env = ENV | {"MAC_KEY": "key", "TOPIC_ARN": "topic"}
        return App(env, lambda service, region=None: clients[service], lambda: self.now, CHEAP)


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("returns", [True, False], ids=["the person", "the clock"])
def test_a_case_of_5000_hashes_that_dies_at_every_call_ends_right(
    after: bool, returns: bool
) -> None:
    memory = Memory()
    person = Person(memory.app, after)
    person.creates(TOTAL, CHUNK)
    log_everything(memory.app("sequencer"))
    memory.now += 100
    synced = memory.app("feed").store.log.tail().ts + 1
    created = person.deaths
    if returns:
        person.withdraws()
    else:
        person.begins_to_withdraw(memory.app("looker"))
        person.is_finished()

    assert created > 100
    assert person.deaths - created > 20
    check_withdrawn(memory.app("status"), memory.app("sequencer"), TOTAL, synced)
