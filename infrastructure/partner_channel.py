"""One partner's own way out: queue, dead letters, deliverer. Its outage delays nobody else."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infrastructure.alarms import Alarms
from infrastructure.delivery_alarms import watch
from infrastructure.due import remind
from infrastructure.function import Function
from infrastructure.partner_topic import PartnerTopic
from infrastructure.partners import Partner
from infrastructure.permissions import Resources, allow, environment, statements
from infrastructure.queues import DeadLetters, encrypted_queue
from infrastructure.routes import DELIVERER, DELIVERER_GRANTS
from infrastructure.signing_secret import SigningSecret
from infrastructure.transports import SnsTransport, WebhookTransport

_SERVICE = "deliver"
_TIMEOUT = cdk.Duration.seconds(60)
"""A batch is told to end after 20 s, and an attempt that has begun by then takes 15 s at most."""
_VISIBILITY = cdk.Duration.seconds(360)
"""Six times the function's timeout. Source: AWS Lambda guide, "Using Lambda with Amazon SQS"."""
_TRIES = 20
"""Two hours of tries, six minutes apart. What is tried here is what failed on our side, such as
a table that does not answer; a partner's failures wait in the table and not in the queue."""
_RECURSION = lambda_.RecursiveLoop.ALLOW
"""A deliverer with a backlog reminds itself by its queue. Lambda would take that for a loop, stop
it after about 16 rounds and put the reminder among the dead letters. It ends by itself: a run asks
for another while something is due and gets through, or when the endpoint begins to fail, once.
Source: AWS Lambda guide, "Use Lambda recursive loop detection to prevent infinite loops"."""


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
        _subscribe(resources.topic, queue, dead, partner)
        means = self._means(partner)
        worker = Function(
            self,
            "Deliver",
            code=code,
            handler=f"functions.{DELIVERER}.handler",
            service=_SERVICE,
            environment={
                "PARTNER": partner.id,
                "QUEUE_URL": queue.queue_url,
                **environment(DELIVERER_GRANTS, resources),
                **(means.environment if means else {}),
            },
            rights=[
                *statements(DELIVERER_GRANTS, resources, deliveries_of=partner.id),
                _own_queue(queue),
                *(allow(actions, arn) for arn, actions in partner.transport.rights.items()),
                *(means.rights if means else ()),
            ],
            timeout=_TIMEOUT,
            recursive_loop=_RECURSION,
        )
        _feed(worker, queue)
        remind(self, queue)
        watch(self, alarms, service=_SERVICE, partner=partner.id)

    def _means(self, partner: Partner) -> PartnerTopic | SigningSecret | None:
        """Make what the transport takes on our side, and tell the operator where it is."""
        means: PartnerTopic | SigningSecret
        match partner.transport:
            case SnsTransport(account=account):
                means = PartnerTopic(self, "Out", account=account)
            case WebhookTransport():
                means = SigningSecret(self, "Signing")
            case _:
                return None
        kind, value = means.output
        output = cdk.CfnOutput(self, kind, value=value)
        output.override_logical_id(f"{kind}Of{partner.words}")
        return means


def _subscribe(topic: sns.Topic, queue: sqs.Queue, dead: DeadLetters, partner: Partner) -> None:
    wanted = sns.SubscriptionFilter.string_filter(allowlist=sorted(partner.signal_types))
    topic.add_subscription(
        subscriptions.SqsSubscription(
            queue,
            raw_message_delivery=True,
            dead_letter_queue=dead.queue,
            filter_policy={"signalType": wanted},
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


def _own_queue(queue: sqs.Queue) -> iam.PolicyStatement:
    """Take from the queue, and put reminders of what is due into it."""
    take = ["sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"]
    return allow([*take, "sqs:SendMessage"], queue.queue_arn)
