"""Trying again: when, how often, and what becomes of what is never taken."""

from itertools import pairwise

from functions.partner_sync import shift
from functions.partner_sync.replays import replay_ids
from functions.shared.deliveries import DAY, HOUR, KEPT_PARKED, LEASE, LONGEST_WAIT, WAITS
from functions.shared.endpoint import EndpointState
from functions.shared.store.deliveries import DeliveryStore
from infrastructure.routes import DELIVERER
from tests.channel import PARTNER, REMINDED, Channel, event_id, message
from tests.faults import interrupt, lose_answer, refuse
from tests.world import START


def deliveries(channel: Channel) -> DeliveryStore:
    return channel.app.store.deliveries


def wait_and_remind(channel: Channel) -> None:
    """Let time go by until something is due, and remind the function then."""
    due = channel.next_due()
    assert due is not None
    channel.remind(due - channel.world.now)


def test_one_message_that_always_fails_is_tried_by_the_published_schedule_and_then_parked(
    channel: Channel,
) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1))
    while channel.next_due() is not None:
        wait_and_remind(channel)

    times = [at for at, _ in receiver.asked]
    waits = [later - earlier for earlier, later in pairwise(times)]
    assert waits == [5, 300, 1800, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR]
    assert {one for _, one in receiver.asked} == {event_id(1)}, "the same id at every attempt"
    assert channel.world.now - START == 3 * DAY + 3 * HOUR + 35 * 60 + 5
    [parked] = channel.stored("parked").values()
    assert channel.stored("waiting") == {}
    assert (parked["attempts"]["N"], parked["error"]["S"]) == ("10", "timeout")
    assert int(parked["expires"]["N"]) == channel.world.now + KEPT_PARKED


def test_before_it_is_due_nothing_is_tried(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1))
    channel.remind(5)
    for _ in range(59):
        channel.remind(5)
    assert len(receiver.asked) == 2
    channel.remind(5)
    assert len(receiver.asked) == 3


def test_an_endpoint_that_fails_gets_two_attempts_a_run_however_many_wait(
    channel: Channel,
) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(*(message(number) for number in range(60)))
    for run in range(1, 30):
        before = len(receiver.asked)
        channel.remind(60)
        assert len(receiver.asked) - before == 2, run


def test_reminders_that_piled_up_are_one(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(*(message(number) for number in range(9)))
    channel.world.now += 60
    for _ in range(3):
        channel.arrive(*[REMINDED] * 10)

    assert len(receiver.asked) == 1 + 2


def test_an_endpoint_that_works_again_empties_everything_in_one_go(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    for _ in range(5):
        channel.arrive(*(message(number) for number in range(40)))
        channel.remind(60)
    receiver.down = lambda _: False
    channel.remind(60)
    channel.remind(301)

    assert sorted(receiver.ids) == [event_id(number) for number in range(40)]
    assert channel.world.items("deliveries")[1:] == [], "what is left is the endpoint"
    assert channel.app.store.endpoints.get(PARTNER).working


def test_a_run_that_runs_out_of_time_while_all_goes_well_asks_for_the_next(
    channel: Channel,
) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(*(message(number) for number in range(10)))
    receiver.down, receiver.seconds = lambda _: False, 6
    wakes = channel.wakes()
    channel.remind(60)

    assert (len(receiver.ids), wakes) == (4, [0])
    channel.remind()
    channel.remind()
    assert (len(receiver.ids), wakes) == (10, [0, 0])


def test_a_run_against_an_endpoint_that_hangs_ends_within_the_functions_minute(
    channel: Channel,
) -> None:
    receiver = channel.receiver()
    receiver.down, receiver.seconds = lambda _: True, 15
    channel.arrive(*(message(number) for number in range(10)))
    channel.world.now += 60
    begun = channel.world.now
    channel.arrive(REMINDED, *(message(number) for number in range(10, 19)))

    assert channel.world.now - begun == 30 <= shift.SECONDS + 15 < 60 < LEASE
    assert len(channel.stored("waiting")) == 19


def test_one_message_that_this_partner_cannot_take_holds_up_no_other(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda told: told.id == event_id(3)
    channel.arrive(*(message(number) for number in range(10)))
    channel.remind(5)
    channel.arrive(*(message(number) for number in range(10, 20)))
    channel.remind(60)

    wanted = {event_id(number) for number in range(20)} - {event_id(3)}
    assert set(receiver.ids) == wanted
    while channel.next_due() is not None:
        wait_and_remind(channel)
    assert set(channel.stored("parked")) == {event_id(3)}


def test_two_copies_at_once_try_a_delivery_at_most_once_in_a_lease(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(*(message(number) for number in range(8)))
    receiver.down = lambda _: False
    other = Channel(channel.world, channel.patch, running="other")
    interrupt(channel.app.store.client, "TransactWriteItems", other.remind)
    channel.remind(60)

    assert sorted(receiver.ids) == [event_id(number) for number in range(8)]
    assert channel.stored("waiting") == {}


def test_a_copy_that_comes_in_the_middle_of_an_attempt_leaves_that_delivery_alone(
    channel: Channel,
) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(*(message(number) for number in range(4)))
    other = Channel(channel.world, channel.patch, running="other")
    receiver.down, receiver.during = lambda _: False, other.remind
    channel.remind(60)

    assert len(receiver.ids) == 4
    assert set(receiver.ids) == {event_id(number) for number in range(4)}
    assert channel.stored("waiting") == {}


def test_of_two_copies_that_saw_the_same_delivery_the_slower_leaves_it_alone(
    channel: Channel,
) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1))
    receiver.down = lambda _: False
    [due] = deliveries(channel).due(PARTNER, int(START) + 60)
    rival = channel.world.app_for(DELIVERER, "rival").store.deliveries

    def claim() -> None:
        found = rival.waiting(PARTNER, due)
        assert found is not None
        assert rival.settle(PARTNER, found, found.leased(int(START) + 60))

    interrupt(channel.app.store.client, "TransactWriteItems", claim)
    channel.remind(60)

    assert receiver.ids == []
    assert channel.next_due() == START + 60 + LEASE


def test_a_replay_during_an_attempt_stands_whatever_comes_of_that(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1))
    app = channel.world.app_for("partner_sync.replay_deliveries")
    receiver.during = lambda: replay_ids(PARTNER, [event_id(1)], app)
    channel.remind(60)

    [row] = channel.stored("waiting").values()
    assert (row["attempts"]["N"], int(row["due"]["N"])) == ("0", START + 60)


def test_an_attempt_in_which_we_die_is_made_again_after_its_lease(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1))
    [due] = deliveries(channel).due(PARTNER, int(START) + 5)
    found = deliveries(channel).waiting(PARTNER, due)
    assert found is not None
    assert deliveries(channel).settle(PARTNER, found, found.leased(int(START) + 5))

    receiver.down = lambda _: False
    channel.remind(5 + LEASE - 1)
    assert receiver.ids == []
    channel.remind(1)
    assert receiver.ids == [event_id(1)]


def test_a_success_whose_deletion_is_lost_is_told_once_more_under_the_same_id(
    channel: Channel,
) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1))
    receiver.down = lambda _: False
    receiver.during = lambda: lose_answer(channel.app.store.client, "TransactWriteItems")
    channel.world.now += 60
    assert channel.arrive(REMINDED) == ["message-0"]
    assert channel.stored("waiting") == {}, "it was only the answer that got lost"
    channel.remind(60)

    assert receiver.ids == [event_id(1)]


def test_a_success_that_could_not_be_written_down_is_told_again_under_the_same_id(
    channel: Channel,
) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1))
    busy, client = "InternalServerError", channel.app.store.client
    receiver.down = lambda _: False
    receiver.during = lambda: refuse(client, "TransactWriteItems", busy)
    channel.world.now += 60
    assert channel.arrive(REMINDED) == ["message-0"]
    channel.remind(LEASE)

    assert receiver.ids == [event_id(1), event_id(1)]
    assert channel.stored("waiting") == {}
    channel.remind(60)
    assert len(receiver.ids) == 2


def test_what_had_no_turn_for_a_week_is_parked_with_the_rest(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(*(message(number) for number in range(30)))
    channel.remind(LONGEST_WAIT - 1)
    assert channel.stored("parked") == {}
    channel.remind(60)

    assert len(receiver.asked) == 1 + 2 + 2
    assert len(channel.stored("parked")) >= 27
    assert channel.stored("parked").keys() | channel.stored("waiting").keys() == {
        event_id(number) for number in range(30)
    }


def test_a_clock_that_jumps_a_day_parks_nothing_early_and_loses_nothing(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(*(message(number) for number in range(4)))
    for jump in (DAY, -HOUR, 60, -DAY, 60, 60):
        channel.remind(jump)
    assert channel.stored("parked") == {}
    receiver.down = lambda _: False
    channel.remind(2 * DAY)

    assert len(set(receiver.ids)) == 4
    assert channel.stored("waiting") == {}


def test_what_is_parked_comes_back_to_life_with_a_message_out_of_the_dead_letters(
    channel: Channel,
) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1))
    while channel.next_due() is not None:
        wait_and_remind(channel)
    for _ in range(2):
        channel.arrive(message(1))
        assert (len(channel.stored("parked")), len(channel.stored("waiting"))) == (0, 1)
    receiver.down = lambda _: False
    channel.remind(60)

    assert receiver.ids == [event_id(1)]
    assert channel.stored("waiting") == {}


def test_the_endpoint_says_since_when_it_fails_and_when_it_took_something_last(
    channel: Channel,
) -> None:
    receiver = channel.receiver()
    channel.arrive(message(1))
    channel.world.now += 600
    receiver.down = lambda _: True
    channel.arrive(message(2))
    channel.remind(60)
    endpoint = channel.app.store.endpoints.get(PARTNER)

    assert (endpoint.state, endpoint.since) == (EndpointState.FAILING, START + 600)
    assert (endpoint.last_delivered, endpoint.last_failed) == (START, START + 660)
    assert sum(WAITS) == 3 * DAY + 3 * HOUR + 35 * 60 + 5
