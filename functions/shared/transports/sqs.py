"""Transport `sqs`: a message into the partner's own queue, named by `queue_arn`."""

from typing import Any

from functions.shared.app import App
from functions.shared.notification import Notification
from functions.shared.transports.aws import refusals


def send(app: App, settings: dict[str, Any], notification: Notification) -> None:
    """Put the notification into the partner's queue.

    Raises:
        Undelivered: the queue is gone or does not let us in.
    """
    *_, region, account, name = settings["queue_arn"].split(":")
    with refusals():
        sqs = app.queues(region)
        queue = sqs.get_queue_url(QueueName=name, QueueOwnerAWSAccountId=account)["QueueUrl"]
        sqs.send_message(QueueUrl=queue, MessageBody=notification.body)
