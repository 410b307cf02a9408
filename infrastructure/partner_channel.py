"""One partner's own way out: queue, dead letters, deliverer. Its outage delays nobody else."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infrastructure.alarms import Alarms
from infrastructure.function import Function
from infrastructure.partners import Partner
from infrastructure.permissions import Resources, allow, environment, statements
from infrastructure.queues import DeadLetters, encrypted_queue
from infrastructure.routes import DELIVERER, DELIVERER_GRANTS

_TIMEOUT = cdk.Duration.seconds(30)
_VISIBILITY = cdk.Duration.seconds(180)
"""Six times the function's timeout. Source: AWS Lambda guide, "Using Lambda with Amazon SQS"."""
_TRIES = 20
"""An hour of tries, three minutes apart. The message is a hint and the feed has it all, so an
outage that lasts longer costs the partner nothing but the wait for its next fetch."""


class PartnerChannel(Construct):
    """From the topic to the partner's transport."""

    def __init__(
        self,
        scope: Construct,
        *,
        partner: Partner,
        code: lambda_.Code,
        resources: Resources,
        alarms: Alarms,
    ) -> None:
        super().__init__(scope, f"Partner-{partner.id}")
        dead = DeadLetters(self, "DeadLetters", alarms)
        queue = encrypted_queue(
            self,
            "Queue",
            visibility_timeout=_VISIBILITY,
            dead_letter_queue=sqs.DeadLetterQueue(queue=dead.queue, max_receive_count=_TRIES),
        )
        self._subscribe(resources.topic, queue, dead)
        worker = Function(
            self,
            "Deliver",
            code=code,
            handler=f"functions.{DELIVERER}.handler",
            service="deliver",
            environment={"PARTNER": partner.id, **environment(DELIVERER_GRANTS, resources)},
            rights=[
                *statements(DELIVERER_GRANTS, resources),
                _consume(queue),
                *(allow(actions, arn) for arn, actions in partner.transport.rights.items()),
            ],
            timeout=_TIMEOUT,
        )
        _feed(worker, queue)

    def _subscribe(self, topic: sns.Topic, queue: sqs.Queue, dead: DeadLetters) -> None:
        topic.add_subscription(
            subscriptions.SqsSubscription(
                queue, raw_message_delivery=True, dead_letter_queue=dead.queue
            )
        )


def _feed(worker: Function, queue: sqs.Queue) -> None:
    mapping = lambda_.EventSourceMapping(
        worker,
        "Messages",
        target=worker.function,
        event_source_arn=queue.queue_arn,
        batch_size=10,
        report_batch_item_failures=True,
        # The least Lambda offers: a partner with a backlog does not take the others' share.
        max_concurrency=2,
    )
    mapping.node.add_dependency(worker.role)


def _consume(queue: sqs.Queue) -> iam.PolicyStatement:
    actions = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
    return allow(actions, queue.queue_arn)
