"""What ends withdrawals that nobody waits for: begun ones are finished, ended ones forgotten."""

import aws_cdk as cdk
from aws_cdk import aws_lambda as lambda_
from constructs import Construct

from infrastructure.alarms import Alarms
from infrastructure.permissions import Resources
from infrastructure.routes import FINISHER, PURGER
from infrastructure.scheduled import Scheduled


def withdrawals(
    scope: Construct, *, code: lambda_.Code, resources: Resources, alarms: Alarms
) -> None:
    """Add both functions, each with its clock and its alarm."""
    Scheduled(
        scope,
        "Finish",
        handler=FINISHER,
        every=cdk.Duration.minutes(1),
        timeout=cdk.Duration.seconds(60),
        failures=3,
        window=cdk.Duration.minutes(5),
        meaning="Withdrawals that were begun are not finished: partners still find what they name.",
        failed="WithdrawalsFailed",
        code=code,
        resources=resources,
        alarms=alarms,
    )
    Scheduled(
        scope,
        "Purge",
        handler=PURGER,
        every=cdk.Duration.hours(1),
        timeout=cdk.Duration.minutes(10),
        failures=2,
        window=cdk.Duration.hours(3),
        meaning="What was withdrawn is not purged: hashes are kept for longer than was promised.",
        failed="ForgettingFailed",
        code=code,
        resources=resources,
        alarms=alarms,
        # It goes through much and may take its time: never two at once, and never the account's
        # whole share.
        concurrency=1,
    )
