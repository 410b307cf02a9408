"""On a hint, or after a minute, the feed is read; only then the hint is deleted."""

import json
import threading
from collections.abc import Iterator

import boto3
import pytest
from moto import mock_aws
from requests import RequestException

from partner_kit.example_social.listening import EVERY, Courier, Listener
from partner_kit.example_social.notifications import Inbox, open_inbox
from partner_kit.example_social.working import Worker
from tests.unit.example_social.bank_server import Bank
from tests.unit.example_social.conftest import NOON, Link

A = "a" * 64
HINT = {
    "type": "bank.changed",
    "id": "msg_000000000001_ImagePDQ",
    "signalType": "ImagePDQ",
    "cursor": 100,
    "changes": [{"hashId": "x", "version": 1}],
}


class Clock:
    now = float(NOON)

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def inbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Inbox]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-north-1")
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    with mock_aws():
        sqs = boto3.client("sqs")
        # a message that was received and not deleted is there again at once
        queue = sqs.create_queue(QueueName="inbox", Attributes={"VisibilityTimeout": "0"})
        yield open_inbox(queue["QueueUrl"])


@pytest.fixture
def listener(link: Link, inbox: Inbox, clock: Clock) -> Listener:
    """Give a listener that has read the feed a moment ago."""
    listener = Listener(link.platform, link.api, inbox, clock)
    listener.step()
    return listener


def hint(inbox: Inbox, body: str = json.dumps(HINT)) -> None:
    inbox.client.send_message(QueueUrl=inbox.queue_url, MessageBody=body)


def searched(link: Link) -> int:
    return len(link.platform.lookout.index)


def test_at_the_start_the_feed_is_read_without_a_hint(
    bank: Bank, link: Link, inbox: Inbox, clock: Clock
) -> None:
    bank.say(A, 100)

    Listener(link.platform, link.api, inbox, clock).step()

    assert searched(link) == 1


def test_a_hint_is_followed_and_deleted(
    bank: Bank, link: Link, inbox: Inbox, listener: Listener
) -> None:
    bank.say(A, 100)
    hint(inbox)

    listener.step()

    assert searched(link) == 1
    assert inbox.receive(wait=0) == []


def test_a_hint_stays_until_the_feed_was_stored(
    bank: Bank, link: Link, inbox: Inbox, listener: Listener
) -> None:
    bank.say(A, 100)
    hint(inbox)
    bank.refuse["FetchHashes"] = 403
    with pytest.raises(RequestException):
        listener.step()
    bank.refuse.clear()

    listener.step()

    assert searched(link) == 1
    assert inbox.receive(wait=0) == []


def test_duplicates_and_nonsense_in_the_queue_are_harmless(
    bank: Bank, link: Link, inbox: Inbox, listener: Listener
) -> None:
    bank.say(A, 100)
    for body in (json.dumps(HINT), json.dumps(HINT), "nonsense", "{}"):
        hint(inbox, body)

    listener.step()

    assert searched(link) == 1
    assert inbox.receive(wait=0) == []


def test_a_lost_hint_costs_a_minute(
    bank: Bank, link: Link, listener: Listener, clock: Clock
) -> None:
    bank.say(A, 100)
    clock.now += EVERY

    listener.step()

    assert searched(link) == 1


def test_a_clock_that_was_set_back_does_not_stop_the_reading(
    bank: Bank, link: Link, listener: Listener, clock: Clock
) -> None:
    bank.say(A, 100)
    clock.now -= 3600

    listener.step()

    assert searched(link) == 1


def test_a_withdrawal_wakes_the_courier(
    bank: Bank, link: Link, listener: Listener, clock: Clock
) -> None:
    bank.say(A, 100)
    clock.now += EVERY
    listener.step()
    bank.say(A, 101, "Withdrawn")
    clock.now += EVERY
    listener.step()
    assert link.platform.owed.is_set()
    link.send()

    assert bank.answers_on(A) == ["Withdrawn"]


def test_the_courier_tries_again_until_nothing_waits(
    bank: Bank, link: Link, listener: Listener, clock: Clock
) -> None:
    bank.say(A, 100)
    clock.now += EVERY
    listener.step()
    bank.say(A, 101, "Withdrawn")
    clock.now += EVERY
    listener.step()
    bank.refuse["SubmitFeedback"] = 503
    courier = Courier(link.platform, link.api, clock)
    with pytest.raises(RequestException):
        courier.step()
    bank.refuse.clear()
    clock.now += 1

    stop = threading.Event()
    thread = Worker("courier", courier.step).start(stop)
    stop.set()
    bank.told.wait(timeout=10)
    link.platform.owed.set()
    thread.join(timeout=10)

    assert bank.answers_on(A) == ["Withdrawn"]
    assert not thread.is_alive()
