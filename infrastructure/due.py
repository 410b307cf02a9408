"""Each minute a partner's queue is reminded that deliveries may be due."""

import json

from aws_cdk import aws_events as events
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from functions.shared.deliveries import REMINDER


def remind(scope: Construct, queue: sqs.Queue) -> None:
    """Put a reminder into `queue` every minute.

    By way of the queue and not straight to the function: so what is late shares the partner's two
    concurrent runs with what is new. One that is lost is made up for by the next.
    """
    rule = events.CfnRule(
        scope,
        "Due",
        schedule_expression="rate(1 minute)",
        state="ENABLED",
        targets=[
            events.CfnRule.TargetProperty(
                arn=queue.queue_arn,
                id="Queue",
                input=json.dumps({"type": REMINDER}, separators=(",", ":")),
            )
        ],
    )
    # CDK's own target would also let the rule ask what the queue is called and what it holds.
    queue.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal("events.amazonaws.com")],
            actions=["sqs:SendMessage"],
            resources=[queue.queue_arn],
            conditions={"ArnEquals": {"aws:SourceArn": rule.attr_arn}},
        )
    )
