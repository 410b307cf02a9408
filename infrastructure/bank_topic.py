"""The topic that tells every partner's queue that the bank has changed."""

from aws_cdk import aws_sns as sns
from constructs import Construct

from infrastructure.tls_only import tls_only


class BankTopic(Construct):
    """Carries hash ids, versions and feed cursors; never a hash and never a case."""

    def __init__(self, scope: Construct, ident: str) -> None:
        super().__init__(scope, ident)
        self.topic = sns.Topic(self, "Topic")
        self.topic.add_to_resource_policy(tls_only(["sns:Publish"], self.topic.topic_arn))
