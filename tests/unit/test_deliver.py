"""Telling one partner about changes: what becomes of a message the first time."""

import pytest

from functions.shared.endpoint import EndpointState
from infrastructure.routes import DELIVERER
from tests.channel import PARTNER, REMINDED, Channel, event_id, message
from tests.faults import ALWAYS, refuse
from tests.rights import session
from tests.world import World

REGION = "eu-north-1"


@pytest.fixture
def inbox(somewhere: World) -> str:
    """Return the partner's own queue, named in infrastructure/partners.json."""
    return str(session().client("sqs").create_queue(QueueName="example-social-inbox")["QueueUrl"])


def received(inbox: str) -> list[str]:
    bodies: list[str] = []
    sqs = session().client("sqs")
    while messages := sqs.receive_message(QueueUrl=inbox, MaxNumberOfMessages=10).get("Messages"):
        bodies += [message["Body"] for message in messages]
    return sorted(bodies)


def test_every_message_is_handed_over_as_it_is_and_nothing_is_kept_of_it(
    inbox: str, channel: Channel
) -> None:
    assert channel.arrive(message(1), message(2)) == []
    assert received(inbox) == [message(1), message(2)]
    assert channel.stored("waiting") == {}


def test_what_was_not_taken_waits_here_and_not_in_the_queue(inbox: str, channel: Channel) -> None:
    refuse(channel.app.queues(REGION), "SendMessage", "RequestThrottled")

    assert channel.arrive(message(1), message(2), message(3)) == []
    assert received(inbox) == []
    channel.remind(5)
    channel.remind(0)
    assert received(inbox) == [message(1), message(2), message(3)]
    assert channel.stored("waiting") == {}


def test_a_message_that_is_not_ours_comes_back_and_the_rest_flows(
    inbox: str, channel: Channel
) -> None:
    strange = ["", "no JSON", "[]", '{"type":"bank.changed"}', '{"type":"other"}', '{"type":1}']
    strange += [message(4).replace("msg_", "msg#"), message(4).replace("1800000000", '"now"')]

    back = channel.arrive(message(1), *strange, message(2))

    assert back == [f"message-{place}" for place in range(1, len(strange) + 1)]
    assert received(inbox) == [message(1), message(2)]
    assert channel.stored("waiting") == {}


def test_a_failed_batch_is_forgotten_by_the_next_one(channel: Channel) -> None:
    receiver = channel.receiver()
    assert channel.arrive("strange") == ["message-0"]
    assert channel.arrive(message(1)) == []
    assert receiver.ids == [event_id(1)]


def test_a_partner_whose_queue_is_gone_is_told_when_it_is_back(channel: Channel) -> None:
    assert channel.arrive(message(1), message(2)) == []
    queue = session().client("sqs").create_queue(QueueName="example-social-inbox")["QueueUrl"]
    channel.remind(60)

    assert received(queue) == [message(1), message(2)]


def test_a_message_delivered_twice_is_the_same_message(inbox: str, channel: Channel) -> None:
    for _ in range(2):
        channel.arrive(message(1))

    assert received(inbox) == [message(1), message(1)]


def test_after_the_first_failure_of_a_batch_the_rest_waits_without_an_attempt(
    channel: Channel,
) -> None:
    receiver, wakes = channel.receiver(), channel.wakes()
    receiver.down = lambda _: True

    assert channel.arrive(*(message(number) for number in range(10))) == []
    assert channel.arrive(*(message(number) for number in range(10, 20))) == []

    assert [one for _, one in receiver.asked] == [event_id(0)]
    assert set(channel.stored("waiting")) == {event_id(number) for number in range(20)}
    assert wakes == [5], "asked for once, when the endpoint began to fail"


def test_a_batch_ends_its_attempts_in_time_and_asks_for_another_run(channel: Channel) -> None:
    receiver, wakes = channel.receiver(), channel.wakes()
    receiver.seconds = 8

    assert channel.arrive(*(message(number) for number in range(5))) == []
    assert receiver.ids == [event_id(0), event_id(1), event_id(2)]
    assert wakes == [0]
    channel.remind()
    assert receiver.ids == [event_id(number) for number in range(5)]
    assert channel.stored("waiting") == {}


def test_a_clock_that_is_put_back_in_mid_run_makes_the_run_no_longer(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.seconds = 8
    receiver.during = lambda: channel.world.put_back(3600)

    assert channel.arrive(*(message(number) for number in range(5))) == []
    assert receiver.ids == [event_id(0), event_id(1), event_id(2)]


def test_a_fault_of_ours_in_sending_is_a_failed_attempt_as_well_and_is_named_in_the_log_alone(
    channel: Channel, caplog: pytest.LogCaptureFixture
) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: bool(1 // 0)

    assert channel.arrive(message(1)) == []
    assert channel.stored("waiting")[event_id(1)]["error"] == {"S": "our fault"}
    assert caplog.records[-1].__dict__["causes"] == ["ZeroDivisionError"]


def test_a_message_that_comes_twice_while_it_waits_waits_once(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    for _ in range(3):
        channel.arrive(message(1), message(2), message(1))
    due = [item for item in channel.world.items("deliveries") if "due#" in item["sk"]["S"]]

    assert (len(channel.stored("waiting")), len(due)) == (2, 2)
    receiver.down = lambda _: False
    channel.remind(60)
    assert receiver.ids == [event_id(2), event_id(1)]
    assert channel.stored("waiting") == {}


def test_a_table_that_is_away_sends_the_message_back(channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    refuse(channel.app.store.client, "TransactWriteItems", "InternalServerError", ALWAYS)

    assert channel.arrive(message(1), REMINDED) == ["message-0"]
    assert channel.world.app_for(DELIVERER, "other").store.endpoints.get(PARTNER).working


def test_all_being_well_costs_one_read_a_batch_and_one_write_a_minute(channel: Channel) -> None:
    channel.receiver()
    for number in range(12):
        channel.arrive(message(number))
        channel.world.now += 10

    found = channel.app.store.endpoints.get(PARTNER)
    assert (found.state, found.version) == (EndpointState.WORKING, 2)
