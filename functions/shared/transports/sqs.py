"""Transport `sqs`: a message into the partner's own queue, named by `queue_arn`."""

from typing import Any

from functions.shared.app import App


def send(app: App, settings: dict[str, Any], notification: str) -> None:
    """Put the notification into the partner's queue.

    Raises:
        botocore.exceptions.ClientError: the queue is gone or does not let us in.
    """
    *_, region, account, name = settings["queue_arn"].split(":")
    sqs = app.queues(region)
    queue = sqs.get_queue_url(QueueName=name, QueueOwnerAWSAccountId=account)["QueueUrl"]
    sqs.send_message(QueueUrl=queue, MessageBody=notification)
