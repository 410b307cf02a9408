"""Whatever outages a partner has: each message ends taken or parked, by the schedule, not early."""

from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from functions.shared.app import App
from functions.shared.deliveries import DAY, HOUR, MINUTE, WAITS
from functions.shared.notification import Notification
from tests.channel import PARTNER, Channel, Receiver, event_id, message
from tests.simulation.dynamodb import MemoryDynamoDB
from tests.world import START, World

TABLE = "deliveries"

outages = st.lists(
    st.tuples(st.integers(0, 90 * HOUR), st.sampled_from([2, MINUTE, HOUR, 9 * HOUR, 5 * DAY])),
    max_size=4,
)
"""When the partner goes down, in seconds from the start, and for how long."""

arrivals = st.lists(st.tuples(st.integers(0, 40 * HOUR), st.integers(1, 4)), min_size=1, max_size=3)
"""When messages come, and how many together."""

poison = st.sets(st.integers(0, 11), max_size=2)
"""Messages that the partner takes at no time."""


class Nowhere:
    """Takes wishes to be reminded. The minute that comes is reminder enough."""

    def send_message(self, **_: Any) -> None:
        """Do nothing."""


@dataclass
class InMemory(World):
    """A world with the one table that deliveries need."""

    tables: MemoryDynamoDB = field(default_factory=lambda: MemoryDynamoDB.of([TABLE]))

    def app_for(self, handler: str, instance: str = "") -> App:
        """Return the one App there is."""
        clients = {"dynamodb": self.tables, "sqs": Nowhere()}
        return App(
            self.env,
            lambda service, *_, **__: clients[service],
            clock=lambda: self.now,
            elapsed=self.elapsed,
        )

    def items(self, table: str) -> list[dict[str, Any]]:
        """Return everything in a table, in DynamoDB's typed form."""
        return list(self.tables.scan(TableName=table)["Items"])


@settings(max_examples=100, deadline=None, derandomize=True)
@given(outages, arrivals, poison)
def test_every_message_ends_taken_or_parked_by_the_schedule_and_none_is_parked_early(
    outages: list[tuple[int, int]], arrivals: list[tuple[int, int]], poison: set[int]
) -> None:
    never = {event_id(number) for number in poison}
    made = InMemory({"DELIVERIES_TABLE": TABLE, "PARTNER": PARTNER, "QUEUE_URL": "nowhere"})
    with pytest.MonkeyPatch.context() as patch:
        channel = Channel(made, patch)
        receiver = channel.receiver()

        def down(told: Notification) -> bool:
            since = made.now - START
            return told.id in never or any(at <= since < at + long for at, long in outages)

        receiver.down = down
        sent = _played(channel, sorted(arrivals))
        parked = set(channel.stored("parked"))

    assert parked | set(receiver.ids) == sent
    assert not parked & set(receiver.ids)
    assert never & sent <= parked
    for event in sent:
        _check(receiver, event, event in parked)


def _played(channel: Channel, arrivals: list[tuple[int, int]]) -> set[str]:
    """Let the messages come, remind each minute that has something due, and return all ids."""
    sent: list[str] = []
    coming = [(START + at, count) for at, count in arrivals]
    while coming or channel.next_due() is not None:
        due = channel.next_due()
        minute = (
            None if due is None else max(due, channel.world.now + 1) // MINUTE * MINUTE + MINUTE
        )
        if coming and (minute is None or coming[0][0] <= minute):
            at, count = coming.pop(0)
            channel.world.now = max(at, channel.world.now)
            bodies = [message(number) for number in range(len(sent), len(sent) + count)]
            assert channel.arrive(*bodies) == []
            sent += [event_id(number) for number in range(len(sent), len(sent) + count)]
        elif minute is not None:
            channel.remind(minute - channel.world.now)
    return set(sent)


def _check(receiver: Receiver, event: str, parked: bool) -> None:
    """Check the attempts of one message: ten if it is parked, and no two closer than promised."""
    times = [at for at, told in receiver.asked if told == event]
    waits = [later - earlier for earlier, later in pairwise(times)]
    assert len(times) <= len(WAITS) + 1
    assert all(wait >= least for wait, least in zip(waits, WAITS, strict=False))
    if parked:
        assert len(times) == len(WAITS) + 1
        assert times[-1] - times[0] > 3 * DAY
