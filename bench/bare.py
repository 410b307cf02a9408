"""The bare calls that a case's way is made of, on the same local AWS: it cannot be faster.

Each returns the seconds it took, once.
"""

import time
from dataclasses import dataclass
from typing import Any

from bench.arrivals import sent_at
from local.cloud import Cloud

NAME = "bare"


@dataclass(frozen=True)
class Bare:
    """A table, a topic and a queue of their own, without a function between them."""

    dynamodb: Any
    sns: Any
    sqs: Any
    topic: str
    queue: str

    def put_item(self) -> float:
        """Store one small item."""
        begun = time.time()
        self.dynamodb.put_item(TableName=NAME, Item={"pk": {"S": str(begun)}})
        return time.time() - begun

    def publish(self) -> float:
        """Publish to the topic until it is in the queue that listens."""
        begun = time.time()
        self.sns.publish(TopicArn=self.topic, Message=NAME)
        return next(sent_at(self.sqs, self.queue))[0] - begun

    def send(self) -> float:
        """Send into the queue."""
        begun = time.time()
        self.sqs.send_message(QueueUrl=self.queue, MessageBody=NAME)
        return next(sent_at(self.sqs, self.queue))[0] - begun


def create_bare(cloud: Cloud) -> Bare:
    """Create the table, the topic and the queue."""
    dynamodb, sns, sqs = (cloud.client(service) for service in ("dynamodb", "sns", "sqs"))
    dynamodb.create_table(
        TableName=NAME,
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    queue = sqs.create_queue(QueueName=NAME)["QueueUrl"]
    asked = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    topic = sns.create_topic(Name=NAME)["TopicArn"]
    sns.subscribe(
        TopicArn=topic,
        Protocol="sqs",
        Endpoint=asked["Attributes"]["QueueArn"],
        Attributes={"RawMessageDelivery": "true"},
    )
    return Bare(dynamodb, sns, sqs, topic, queue)
