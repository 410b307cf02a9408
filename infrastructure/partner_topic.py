"""A topic of ours for one partner, to which it subscribes what it likes in its own account."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from constructs import Construct

from infrastructure.permissions import allow
from infrastructure.tls_only import tls_only


class PartnerTopic(Construct):
    """Takes what is for this partner alone; nobody else may listen."""

    def __init__(self, scope: Construct, ident: str, *, account: str) -> None:
        super().__init__(scope, ident)
        self.topic = sns.Topic(self, "Topic")
        arn = self.topic.topic_arn
        self.topic.add_to_resource_policy(tls_only(["sns:Publish", "sns:Subscribe"], arn))
        self.topic.add_to_resource_policy(_subscribing(arn, account))
        self.environment = {"OUT_TOPIC_ARN": arn}
        self.rights = [allow(["sns:Publish"], arn)]
        self.output = ("Topic", arn)


def _subscribing(topic: str, account: str) -> iam.PolicyStatement:
    """Let the partner subscribe queues and functions, and only such as are its own.

    To change or end a subscription takes no right on the topic: it belongs to who made it.
    """
    return iam.PolicyStatement(
        sid="Subscribe",
        principals=[iam.AccountPrincipal(account)],
        actions=["sns:Subscribe"],
        resources=[topic],
        conditions={
            "StringEquals": {"sns:Protocol": ["sqs", "lambda"]},
            "StringLike": {"sns:Endpoint": f"arn:{cdk.Aws.PARTITION}:*:*:{account}:*"},
        },
    )
