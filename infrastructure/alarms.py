"""Alarms, and the one topic that tells the operator."""

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from constructs import Construct

from infrastructure.function import NAMESPACE
from infrastructure.tls_only import tls_only


class Alarms(Construct):
    """Subscribe the operator's address to `topic` after the first deployment."""

    def __init__(self, scope: Construct, ident: str) -> None:
        super().__init__(scope, ident)
        self.topic = sns.Topic(self, "Topic")
        self.topic.add_to_resource_policy(tls_only(["sns:Publish"], self.topic.topic_arn))
        self.topic.add_to_resource_policy(self._alarms_of_this_account())

    def _alarms_of_this_account(self) -> iam.PolicyStatement:
        """Let CloudWatch publish: a topic with a policy of its own loses the one that did."""
        alarms = cdk.Stack.of(self).format_arn(
            service="cloudwatch",
            resource="alarm",
            resource_name="*",
            arn_format=cdk.ArnFormat.COLON_RESOURCE_NAME,
        )
        return iam.PolicyStatement(
            principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
            actions=["sns:Publish"],
            resources=[self.topic.topic_arn],
            conditions={"ArnLike": {"aws:SourceArn": alarms}},
        )

    def on(
        self,
        scope: Construct,
        ident: str = "Alarm",
        *,
        metric: cloudwatch.IMetric,
        threshold: int,
        meaning: str,
    ) -> None:
        """Tell the operator when `metric` reaches `threshold`; no data means nothing happened."""
        alarm = cloudwatch.Alarm(
            scope,
            ident,
            metric=metric,
            threshold=threshold,
            evaluation_periods=1,
            comparison_operator=cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
            treat_missing_data=cloudwatch.TreatMissingData.NOT_BREACHING,
            alarm_description=meaning,
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))


def counted(name: str, *, service: str, period: cdk.Duration, **by: str) -> cloudwatch.Metric:
    """Return a metric of a function's own: the most that it said at once within `period`.

    Powertools writes it with the function's service and `by` as its dimensions; an alarm on any
    other set of them would wait for ever.
    """
    return cloudwatch.Metric(
        namespace=NAMESPACE,
        metric_name=name,
        dimensions_map={"service": service, **by},
        period=period,
        statistic=cloudwatch.Stats.MAXIMUM,
    )
