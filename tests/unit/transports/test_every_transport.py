"""What holds for every way of telling a partner, whichever there are."""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

import pytest

from functions.shared.app import App
from functions.shared.errors import Undelivered
from functions.shared.notification import Notification
from functions.shared.transports import TRANSPORTS
from tests.faults import ALWAYS, lose_answer, refuse
from tests.receivers import Authority, receiver
from tests.rights import session
from tests.unit.transports.conftest import Tells

CANARY = "canary-in-the-body"
TOLD = Notification("msg_1", f'{{"type":"{CANARY}"}}', "VideoMD5")
NO = b"HTTP/1.1 503 " + CANARY.encode() + b"\r\nContent-Length: 18\r\n\r\n" + CANARY.encode()


@dataclass(frozen=True)
class Side:
    """A partner's side: how it is told, what arrived there, and how it stops taking."""

    app: App
    settings: dict[str, Any]
    arrived: Callable[[], list[str]]
    refuse: Callable[[], object]
    vanish: Callable[[], object]


def queue_side(tells: Tells) -> Side:
    app, sqs = tells(), session().client("sqs")
    url = sqs.create_queue(QueueName="inbox")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    return Side(
        app,
        {"kind": "sqs", "queue_arn": arn["QueueArn"]},
        lambda: _bodies(url),
        lambda: refuse(app.queues("eu-north-1"), "SendMessage", "AccessDenied", ALWAYS),
        lambda: sqs.delete_queue(QueueUrl=url),
    )


def topic_side(tells: Tells) -> Side:
    sns, sqs = session().client("sns"), session().client("sqs")
    topic = sns.create_topic(Name="out")["TopicArn"]
    url = sqs.create_queue(QueueName="subscribed")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    attributes = {"RawMessageDelivery": "true", "FilterPolicy": '{"signalType": ["VideoMD5"]}'}
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn["QueueArn"], Attributes=attributes)
    app = tells(OUT_TOPIC_ARN=topic)
    return Side(
        app,
        {"kind": "sns", "account": "111122223333"},
        lambda: _bodies(url),
        lambda: refuse(app.topics, "Publish", "AuthorizationError", ALWAYS),
        lambda: sns.delete_topic(TopicArn=topic),
    )


def _bodies(url: str) -> list[str]:
    answer = session().client("sqs").receive_message(QueueUrl=url, MaxNumberOfMessages=10)
    return [message["Body"] for message in answer.get("Messages", [])]


@pytest.fixture(params=TRANSPORTS)
def kind(request: pytest.FixtureRequest) -> str:
    """Return each kind of transport in turn."""
    return str(request.param)


@pytest.fixture
def side(kind: str, tells: Tells, authority: Authority) -> Iterator[Side]:
    """Return a partner that is told by this kind."""
    if kind != "webhook":
        yield {"sqs": queue_side, "sns": topic_side}[kind](tells)
        return
    with ExitStack() as running:
        server = running.enter_context(receiver(authority.serves()))
        refusing = running.enter_context(receiver(authority.serves(), NO))
        app, settings = tells(server, refusing), {"kind": "webhook", "url": server.url}
        yield Side(
            app,
            settings,
            lambda: [body for _, _, body in server.requests],
            lambda: settings.update(url=refusing.url),
            lambda: settings.update(url=server.url.replace(str(server.port), "1")),
        )


def test_what_is_taken_arrives_as_it_is(kind: str, side: Side) -> None:
    TRANSPORTS[kind](side.app, side.settings, TOLD)

    assert side.arrived() == [TOLD.body]


@pytest.mark.parametrize("how", ["refuse", "vanish"])
def test_what_is_not_taken_is_undelivered(
    kind: str, side: Side, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    getattr(side, how)()
    with pytest.raises(Undelivered) as refused:
        TRANSPORTS[kind](side.app, side.settings, TOLD)

    assert refused.value.__cause__ is None
    assert CANARY not in refused.value.reason + caplog.text
    assert 0 < len(refused.value.reason) <= 40
    assert how == "vanish" or side.arrived() == []


def test_an_acknowledgement_that_is_lost_makes_it_undelivered(tells: Tells) -> None:
    side = queue_side(tells)
    lose_answer(side.app.queues("eu-north-1"), "SendMessage")
    with pytest.raises(Undelivered, match="no answer"):
        TRANSPORTS["sqs"](side.app, side.settings, TOLD)


def test_a_subscription_that_filters_gets_its_types_alone(tells: Tells) -> None:
    side = topic_side(tells)
    for signal_type in ("ImagePDQ", "VideoMD5"):
        body = json.dumps({"signalType": signal_type})
        TRANSPORTS["sns"](side.app, side.settings, Notification("msg_1", body, signal_type))

    assert side.arrived() == ['{"signalType": "VideoMD5"}']
