"""A partner that says that its endpoint is gone, and what happens until it asks for a replay."""

from typing import Any

from functions.partner_sync.replay_deliveries import Replay, replay_deliveries
from functions.shared.deliveries import DAY, LONGEST_WAIT
from functions.shared.endpoint import Endpoint, EndpointState
from tests.channel import PARTNER, Channel, event_id, message
from tests.faults import interrupt
from tests.world import START, World, body_of

REPLAY = "partner_sync.replay_deliveries"


def endpoint(channel: Channel) -> Endpoint:
    return channel.app.store.endpoints.get(PARTNER)


def replay(world: World, **wanted: Any) -> Any:
    return body_of(replay_deliveries(PARTNER, Replay(**wanted), world.app_for(REPLAY)))


def test_an_endpoint_that_is_gone_is_told_nothing_more_and_what_it_misses_is_remembered(
    channel: Channel,
) -> None:
    receiver = channel.receiver()
    channel.arrive(message(1))
    receiver.gone = True
    channel.world.now += 60
    channel.arrive(message(2), message(3, cursor=700), message(4, cursor=600))
    channel.arrive(message(5, cursor=650))

    assert [one for _, one in receiver.asked] == [event_id(1), event_id(2)]
    found = endpoint(channel)
    assert (found.state, found.since) == (EndpointState.DISABLED, START + 60)
    assert found.missed_from == 600
    assert set(channel.stored("waiting")) == {event_id(2)}, "what was tried is kept"
    channel.remind(DAY)
    assert len(receiver.asked) == 2


def test_a_retry_that_meets_an_endpoint_that_is_gone_disables_it_too(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1), message(2))
    receiver.gone = True
    channel.remind(60)

    assert endpoint(channel).disabled
    assert len(receiver.asked) == 2
    assert set(channel.stored("waiting")) == {event_id(1), event_id(2)}


def test_what_waits_for_an_endpoint_that_is_gone_is_parked_in_the_end(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1), message(2))
    receiver.gone = True
    channel.remind(60)
    channel.remind(LONGEST_WAIT - 120)
    assert channel.stored("parked") == {}
    channel.remind(60)

    assert set(channel.stored("parked")) == {event_id(1), event_id(2)}
    assert len(receiver.asked) == 2


def test_any_replay_enables_the_endpoint_and_what_waited_goes_on(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.gone = True
    channel.arrive(message(1), message(2, cursor=700))
    receiver.gone = False
    assert replay(channel.world, ids=[event_id(1)])["count"] == 1
    channel.arrive(message(3))
    channel.remind(60)

    assert receiver.ids == [event_id(3), event_id(1)]
    assert endpoint(channel).working
    assert endpoint(channel).missed_from == 700, "that was not asked for yet"
    replay(channel.world, startTimestamp=701)
    assert endpoint(channel).missed_from == 700, "nor was that"
    replay(channel.world, startTimestamp=700)
    assert endpoint(channel).missed_from is None


def test_what_arrives_while_the_endpoint_is_being_enabled_is_not_dropped(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.gone = True
    channel.arrive(message(1))
    receiver.gone = False
    interrupt(
        channel.app.store.client,
        "TransactWriteItems",
        lambda: replay(channel.world, state="parked"),
    )
    channel.arrive(message(2))

    assert receiver.ids == [event_id(2)]
    assert endpoint(channel).missed_from is None


def test_what_is_missed_while_a_replay_is_under_way_is_remembered(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.gone = True
    channel.arrive(message(1), message(2, cursor=700))
    receiver.gone = False
    made = channel.world

    def meanwhile() -> None:
        """Answer 410 once more, miss something, and be enabled by another replay."""
        made.now += 5
        receiver.gone = True
        channel.arrive(message(3), message(4, cursor=800))
        receiver.gone = False
        replay(made, ids=[event_id(3)])

    replay(made, state="parked")
    first = made.app_for(REPLAY, "first")
    interrupt(first.store.client, "Query", meanwhile)
    replay_deliveries(PARTNER, Replay(startTimestamp=650), first)

    assert endpoint(channel).working
    assert endpoint(channel).missed_from is not None
    replay(made, startTimestamp=650)
    assert endpoint(channel).missed_from is None


def test_a_success_of_a_rival_does_not_enable_what_is_gone(channel: Channel) -> None:
    receiver = channel.receiver()
    other = Channel(channel.world, channel.patch, running="other")

    def rival() -> None:
        receiver.gone = True
        other.arrive(message(2))
        receiver.gone = False

    receiver.during = rival
    channel.arrive(message(1))

    assert receiver.ids == [event_id(1)]
    assert endpoint(channel).disabled
