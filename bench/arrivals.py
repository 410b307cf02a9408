"""When a message came into a queue, by the queue's own stamp: how we wait for it does not count."""

from collections.abc import Iterator
from typing import Any

LONG_POLL = 20
"""Seconds; SQS's maximum."""


def sent_at(sqs: Any, queue: str) -> Iterator[tuple[float, str]]:
    """Yield time, in seconds since 1970 to the millisecond, and body of each message as it comes.

    Raises:
        TimeoutError: nothing comes any more.
    """
    while True:
        answer = sqs.receive_message(
            QueueUrl=queue,
            WaitTimeSeconds=LONG_POLL,
            MessageSystemAttributeNames=["SentTimestamp"],
            MaxNumberOfMessages=1,
        )
        if not answer.get("Messages"):
            raise TimeoutError(f"nothing came into {queue}")
        [message] = answer["Messages"]
        sqs.delete_message(QueueUrl=queue, ReceiptHandle=message["ReceiptHandle"])
        yield int(message["Attributes"]["SentTimestamp"]) / 1000, message["Body"]
