"""Our own SQS queue, in which the bank says that something changed."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import boto3
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_sqs import SQSClient
    from mypy_boto3_sqs.type_defs import MessageTypeDef

LONG_POLL = 20
"""Seconds that SQS holds a question open; its own maximum."""

PATIENCE = Config(
    connect_timeout=3,
    read_timeout=LONG_POLL + 5,
    retries={"mode": "standard", "total_max_attempts": 2},
)


@dataclass(frozen=True)
class Inbox:
    """The queue. What a message says is not read: it is a hint, and the feed is the truth."""

    client: "SQSClient"
    queue_url: str

    def receive(self, wait: int = LONG_POLL) -> "list[MessageTypeDef]":
        answer = self.client.receive_message(
            QueueUrl=self.queue_url, MaxNumberOfMessages=10, WaitTimeSeconds=wait
        )
        return answer.get("Messages", [])

    def delete(self, messages: "list[MessageTypeDef]") -> None:
        """Only after the feed was stored. A message that stays comes again, which is harmless."""
        if messages:
            self.client.delete_message_batch(
                QueueUrl=self.queue_url,
                Entries=[
                    {"Id": str(number), "ReceiptHandle": message["ReceiptHandle"]}
                    for number, message in enumerate(messages)
                ],
            )


def open_inbox(queue_url: str) -> Inbox:
    """Endpoint, region and credentials come from boto3's usual environment."""
    return Inbox(boto3.client("sqs", config=PATIENCE), queue_url)
