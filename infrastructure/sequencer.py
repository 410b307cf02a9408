"""The sequencer: nudged by the bank's stream, and swept every minute in case a nudge was lost."""

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infrastructure.acknowledgements import acknowledge, everything_below
from infrastructure.alarms import Alarms, counted
from infrastructure.function import Function
from infrastructure.permissions import Resources, allow, environment, statements
from infrastructure.queues import DeadLetters
from infrastructure.routes import SEQUENCER, SEQUENCER_GRANTS
from infrastructure.schema import PARTITION_KEY

_OUTBOX = {
    "eventName": lambda_.FilterRule.is_equal("INSERT"),
    "dynamodb": {"Keys": {PARTITION_KEY: {"S": lambda_.FilterRule.begins_with("outbox#")}}},
}
"""Only new outbox rows wake it: not its own deletions, not hash items, not log segments."""

_SERVICE = "sequence"
_JUMP_S = 60
"""Clocks of Lambda differ by milliseconds; a minute is a clock that went wrong."""


class Sequencer(Construct):
    """Turns outbox rows into log segments and nudges the topic."""

    def __init__(
        self,
        scope: Construct,
        ident: str,
        *,
        code: lambda_.Code,
        resources: Resources,
        alarms: Alarms,
    ) -> None:
        super().__init__(scope, ident)
        self._worker = Function(
            self,
            "Worker",
            code=code,
            handler=f"functions.{SEQUENCER}.handler",
            service=_SERVICE,
            environment=environment(SEQUENCER_GRANTS, resources),
            rights=statements(SEQUENCER_GRANTS, resources),
            timeout=cdk.Duration.seconds(60),
        )
        self.role = self._worker.role
        self._nudge(resources, DeadLetters(self, "NudgeDeadLetters", alarms))
        self._sweep(DeadLetters(self, "SweepDeadLetters", alarms))
        self._watch(alarms)

    def _nudge(self, resources: Resources, dead: DeadLetters) -> None:
        bank = resources.bank
        stream = bank.table_stream_arn
        assert stream is not None  # noqa: S101 - schema.py gives the bank a stream
        read = ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"]
        role = self._worker.role
        role.add_to_policy(allow(read, stream))
        role.add_to_policy(allow(["dynamodb:ListStreams"], f"{bank.table_arn}/stream/*"))
        every_stream = everything_below(bank, "/stream/*")
        acknowledge(role, {every_stream: "ListStreams is about a table's streams, not about one."})
        role.add_to_policy(allow(["sqs:SendMessage"], dead.queue.queue_arn))
        mapping = lambda_.EventSourceMapping(
            self,
            "Nudge",
            target=self._worker.function,
            event_source_arn=stream,
            starting_position=lambda_.StartingPosition.TRIM_HORIZON,
            filters=[lambda_.FilterCriteria.filter(_OUTBOX)],
            batch_size=100,
            # A record that cannot be handled is cut out of its batch and set aside; the sweep
            # finds its outbox row all the same.
            bisect_batch_on_error=True,
            report_batch_item_failures=True,
            retry_attempts=5,
            max_record_age=cdk.Duration.hours(1),
        )
        mapping.node.add_dependency(role)
        resource = mapping.node.default_child
        assert isinstance(resource, cdk.CfnResource)  # noqa: S101 - it is made of one
        # CDK's own way to say this also grants rights that setting aside does not take.
        destination = "DestinationConfig.OnFailure.Destination"
        resource.add_property_override(destination, dead.queue.queue_arn)

    def _sweep(self, dead: DeadLetters) -> None:
        function = self._worker.function
        self._worker.role.add_to_policy(allow(["sqs:SendMessage"], dead.queue.queue_arn))
        # The next minute tries again by itself: a failed sweep is set aside, not repeated.
        lambda_.CfnEventInvokeConfig(
            self,
            "SweepFailure",
            function_name=function.function_name,
            qualifier="$LATEST",
            maximum_retry_attempts=0,
            maximum_event_age_in_seconds=60,
            destination_config={"onFailure": {"destination": dead.queue.queue_arn}},
        ).node.add_dependency(self._worker.role)
        events.Rule(
            self,
            "Sweep",
            schedule=events.Schedule.rate(cdk.Duration.minutes(1)),
            targets=[
                targets.LambdaFunction(function, dead_letter_queue=dead.queue, retry_attempts=0)
            ],
        )

    def _watch(self, alarms: Alarms) -> None:
        alarms.on(
            self,
            metric=self._worker.function.metric_errors(
                period=cdk.Duration.minutes(5), statistic=cloudwatch.Stats.SUM
            ),
            threshold=3,
            meaning="The sequencer fails: acknowledged cases do not reach partners.",
        )
        period = cdk.Duration.minutes(5)
        alarms.on(
            self,
            "ClockAlarm",
            metric=counted("LogAheadSeconds", service=_SERVICE, period=period),
            threshold=_JUMP_S,
            meaning="A clock jumped: the log's time is ahead of the clock and waits for it.",
        )
        alarms.on(
            self,
            "SetAsideAlarm",
            metric=counted("RowsSetAside", service=_SERVICE, period=period),
            threshold=1,
            meaning="The sequencer could not read a row of the outbox and set it aside.",
        )
        alarms.on(
            self,
            "StuckAlarm",
            metric=counted("RowsStuck", service=_SERVICE, period=period),
            threshold=1,
            meaning="The sequencer could not read a row of the outbox, nor set it aside.",
        )
