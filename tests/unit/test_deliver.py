"""Telling one partner about changes."""

from typing import Any

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.partner_sync import deliver as module
from functions.partner_sync.deliver import deliver
from functions.shared.errors import Undelivered
from infrastructure.routes import DELIVERER
from tests.faults import refuse
from tests.rights import session
from tests.world import AppFor

REGION = "eu-north-1"


@pytest.fixture
def inbox(app_for: AppFor) -> str:
    """Return the partner's own queue, named in infrastructure/partners.json."""
    queue = session().client("sqs").create_queue(QueueName="example-social-inbox")
    return queue["QueueUrl"]


@pytest.fixture(autouse=True)
def _app(app_for: AppFor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "app", lambda: app_for(DELIVERER))


def batch(*bodies: str) -> dict[str, Any]:
    """Return what Lambda hands over from a queue."""
    return {
        "Records": [
            {
                "messageId": f"message-{place}",
                "receiptHandle": "handle",
                "body": body,
                "attributes": {},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:eu-north-1:000000000000:bank-example-social",
                "awsRegion": "eu-north-1",
            }
            for place, body in enumerate(bodies)
        ]
    }


def received(inbox: str) -> list[str]:
    bodies: list[str] = []
    sqs = session().client("sqs")
    while messages := sqs.receive_message(QueueUrl=inbox, MaxNumberOfMessages=10).get("Messages"):
        bodies += [message["Body"] for message in messages]
    return sorted(bodies)


def failed(answer: dict[str, Any]) -> list[str]:
    return [one["itemIdentifier"] for one in answer["batchItemFailures"]]


def test_every_message_is_handed_over_as_it_is(inbox: str) -> None:
    assert failed(module.handler(batch('{"a":1}', '{"b":2}'), LambdaContext())) == []
    assert received(inbox) == ['{"a":1}', '{"b":2}']


def test_only_the_messages_that_failed_come_back(inbox: str, app_for: AppFor) -> None:
    refuse(app_for(DELIVERER).queues(REGION), "SendMessage", "RequestThrottled")

    assert failed(module.handler(batch("a", "b", "c"), LambdaContext())) == ["message-0"]
    assert received(inbox) == ["b", "c"]


def test_a_failed_batch_is_forgotten_by_the_next_one(inbox: str, app_for: AppFor) -> None:
    refuse(app_for(DELIVERER).queues(REGION), "SendMessage", "RequestThrottled", times=2)

    assert failed(module.handler(batch("a", "b"), LambdaContext())) == ["message-0", "message-1"]
    assert failed(module.handler(batch("a", "b"), LambdaContext())) == []
    assert received(inbox) == ["a", "b"]


def test_a_partner_whose_queue_is_gone_gets_everything_back(app_for: AppFor) -> None:
    assert failed(module.handler(batch("a", "b"), LambdaContext())) == ["message-0", "message-1"]
    with pytest.raises(Undelivered):
        deliver("a", app_for(DELIVERER))


def test_a_message_delivered_twice_is_the_same_message(inbox: str) -> None:
    for _ in range(2):
        module.handler(batch("a"), LambdaContext())

    assert received(inbox) == ["a", "a"]
