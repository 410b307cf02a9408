"""Transport `sqs`: a message into the partner's own queue, named by `queue_arn`."""

from typing import Any

from functions.shared.app import App
from functions.shared.notification import Notification
from functions.shared.transports.aws import refusals
from functions.shared.transports.deadline import SECONDS, Deadline, within


def send(app: App, settings: dict[str, Any], notification: Notification) -> None:
    """Put the notification into the partner's queue.

    Raises:
        Undelivered: the queue is gone or does not let us in, or nobody answered in time.
    """
    with refusals():
        within(Deadline(SECONDS), lambda: _put(app, settings["queue_arn"], notification.body))


def _put(app: App, arn: str, body: str) -> None:
    *_, region, account, name = arn.split(":")
    sqs = app.queues(region)
    queue = sqs.get_queue_url(QueueName=name, QueueOwnerAWSAccountId=account)["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody=body)
