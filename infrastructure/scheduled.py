"""A function that a clock calls: what it did not get done, the next call does."""

import aws_cdk as cdk
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_events as events
from aws_cdk import aws_events_targets as targets
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infrastructure.alarms import Alarms, counted
from infrastructure.function import Function
from infrastructure.permissions import Resources, environment, statements
from infrastructure.routes import WORKERS


class Scheduled(Construct):
    """One handler, called at a fixed pace, with an alarm when `failures` calls in `window` fail.

    Another alarm is on `failed`, the metric by which it counts what it had to leave aside.

    It has to pick up where an earlier run was cut off: a call that fails is not repeated.
    """

    def __init__(  # noqa: PLR0913 - each of these differs between two schedules
        self,
        scope: Construct,
        ident: str,
        *,
        handler: str,
        every: cdk.Duration,
        timeout: cdk.Duration,
        failures: int,
        window: cdk.Duration,
        meaning: str,
        failed: str,
        code: lambda_.Code,
        resources: Resources,
        alarms: Alarms,
        concurrency: int | None = None,
    ) -> None:
        super().__init__(scope, ident)
        service = handler.rpartition(".")[2]
        function = Function(
            self,
            "Worker",
            code=code,
            handler=f"functions.{handler}.handler",
            service=service,
            environment=environment(WORKERS[handler], resources),
            rights=statements(WORKERS[handler], resources),
            timeout=timeout,
            concurrency=concurrency,
        ).function
        lambda_.CfnEventInvokeConfig(
            self,
            "NoRepetition",
            function_name=function.function_name,
            qualifier="$LATEST",
            maximum_retry_attempts=0,
            maximum_event_age_in_seconds=60,
        )
        events.Rule(
            self,
            "Clock",
            schedule=events.Schedule.rate(every),
            targets=[targets.LambdaFunction(function, retry_attempts=0)],
        )
        alarms.on(
            self,
            metric=function.metric_errors(period=window, statistic=cloudwatch.Stats.SUM),
            threshold=failures,
            meaning=meaning,
        )
        alarms.on(
            self,
            "LeftAsideAlarm",
            metric=counted(failed, service=service, period=window),
            threshold=1,
            meaning=f"Some of it cannot be done, and is tried again in vain. {meaning}",
        )
