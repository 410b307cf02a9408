"""What was not taken and comes again to a partner that works: nothing of it stays behind."""

from functions.shared.deliveries import KEPT_WAITING, NEW, WAITS
from tests.channel import PARTNER, Channel, Receiver, event_id, message
from tests.faults import interrupt, record_calls
from tests.world import World

REPLAY = "partner_sync.replay_deliveries"


def parked(channel: Channel) -> Receiver:
    """Let a message fail until it is parked, and then let the endpoint work again."""
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1))
    while (due := channel.next_due()) is not None:
        channel.remind(due - channel.world.now)
    receiver.down = lambda _: False
    works_again(channel)
    assert set(channel.stored("parked")) == {event_id(1)}
    return receiver


def works_again(channel: Channel) -> None:
    """Let a later message wait, and be taken."""
    later = message(2, cursor=int(channel.world.now))
    channel.arrive(later)
    channel.remind(60)
    assert channel.app.store.endpoints.get(PARTNER).working


def test_what_is_parked_and_is_taken_out_of_the_dead_letters_is_parked_no_more(
    channel: Channel,
) -> None:
    receiver = parked(channel)
    assert channel.arrive(message(1)) == []

    assert receiver.ids == [event_id(2), event_id(1)]
    assert [item["sk"]["S"] for item in channel.world.items("deliveries")] == ["endpoint"]


def test_what_waits_and_is_taken_when_it_comes_again_is_not_sent_again(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda told: told.id == event_id(1)
    channel.arrive(message(1))
    for later in WAITS[:3]:
        channel.remind(later)
    works_again(channel)
    receiver.down = lambda _: False
    assert set(channel.stored("waiting")) == {event_id(1)}
    assert channel.arrive(message(1)) == []
    channel.remind(WAITS[3])

    assert receiver.ids == [event_id(2), event_id(1)]
    assert channel.next_due() is None
    assert channel.stored("waiting") == {}


def test_what_is_replayed_while_it_is_taken_is_told_again(channel: Channel) -> None:
    receiver = parked(channel)
    rival = channel.world.app_for(REPLAY, "rival").store.deliveries
    now = int(channel.world.now)
    interrupt(
        channel.app.store.client,
        "TransactWriteItems",
        lambda: rival.replay(PARTNER, [event_id(1)], {}, now),
    )
    assert channel.arrive(message(1)) == []
    channel.remind(60)

    assert receiver.ids == [event_id(2), event_id(1), event_id(1)]
    assert channel.stored("parked") == channel.stored("waiting") == {}


def test_what_is_new_is_not_looked_for(channel: Channel) -> None:
    channel.receiver()
    channel.arrive(message(1))
    calls = record_calls(channel.app.store.client)
    channel.world.now += NEW - 1
    channel.arrive(message(2))

    assert calls == ["GetItem"], "the endpoint"


def test_nothing_that_waits_outlives_a_partner_that_has_left(
    channel: Channel, somewhere: World
) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1), message(2))
    begun = somewhere.now
    channel.remind(WAITS[0])

    stored = [item for item in somewhere.items("deliveries") if item["sk"]["S"] != "endpoint"]
    assert len(stored) == 4, "each delivery, and when it is due"
    assert {int(item["expires"]["N"]) for item in stored} == {begun + KEPT_WAITING}
