"""Queues: each has a dead-letter queue, and each dead letter raises an alarm."""

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infrastructure.acknowledgements import acknowledge
from infrastructure.alarms import Alarms
from infrastructure.tls_only import tls_only

RETENTION = cdk.Duration.days(14)
"""The longest that SQS keeps a message."""


class DeadLetters(Construct):
    """Where a message goes that nobody could take. It waits 14 days to be replayed."""

    def __init__(self, scope: Construct, ident: str, alarms: Alarms) -> None:
        super().__init__(scope, ident)
        self.queue = encrypted_queue(self, "Queue")
        acknowledge(self, {"AwsSolutions-SQS3": "It is the dead-letter queue."})
        alarms.on(
            self,
            metric=self.queue.metric_approximate_number_of_messages_visible(
                period=cdk.Duration.minutes(1), statistic=cloudwatch.Stats.MAXIMUM
            ),
            threshold=1,
            meaning="A message was given up. Find out why, then replay the dead-letter queue.",
        )


def encrypted_queue(
    scope: Construct,
    ident: str,
    *,
    visibility_timeout: cdk.Duration | None = None,
    dead_letter_queue: sqs.DeadLetterQueue | None = None,
) -> sqs.Queue:
    """Make a queue that keeps its messages encrypted and takes them over TLS only."""
    queue = sqs.Queue(
        scope,
        ident,
        encryption=sqs.QueueEncryption.SQS_MANAGED,
        retention_period=RETENTION,
        visibility_timeout=visibility_timeout,
        dead_letter_queue=dead_letter_queue,
    )
    queue.add_to_resource_policy(tls_only(["sqs:*"], queue.queue_arn))
    return queue
