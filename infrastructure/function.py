"""A function with its own role and its own log, and no right that was not asked for."""

from collections.abc import Mapping, Sequence

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from constructs import Construct

from infrastructure.bundle import RUNTIME
from infrastructure.permissions import allow

MEMORY_MB = 512
"""A third of a vCPU: the requests are 90 % waiting for DynamoDB."""


class Function(Construct):
    """One Lambda function, arm64.

    The role has no managed policy. To begin with it may write to its own log group, whose
    entries live 14 days; `allow` adds to that.
    """

    def __init__(  # noqa: PLR0913 - each of these differs between two functions
        self,
        scope: Construct,
        ident: str,
        *,
        code: lambda_.Code,
        handler: str,
        service: str,
        environment: Mapping[str, str],
        rights: Sequence[iam.PolicyStatement],
        memory_mb: int = MEMORY_MB,
        timeout: cdk.Duration,
        concurrency: int | None = None,
        recursive_loop: lambda_.RecursiveLoop | None = None,
    ) -> None:
        super().__init__(scope, ident)
        log = logs.LogGroup(
            self,
            "Log",
            retention=logs.RetentionDays.TWO_WEEKS,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        self.role = iam.Role(self, "Role", assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"))
        write_log = allow(["logs:CreateLogStream", "logs:PutLogEvents"], log.log_group_arn)
        for statement in (write_log, *rights):
            self.role.add_to_policy(statement)
        self.function = lambda_.Function(
            self,
            "Function",
            code=code,
            handler=handler,
            runtime=RUNTIME,
            architecture=lambda_.Architecture.ARM_64,
            role=self.role,
            log_group=log,
            environment={**_POWERTOOLS, "POWERTOOLS_SERVICE_NAME": service, **environment},
            memory_size=memory_mb,
            timeout=timeout,
            reserved_concurrent_executions=concurrency,
            recursive_loop=recursive_loop,
        )


NAMESPACE = "NotYours"
"""Of the functions' own metrics."""
_POWERTOOLS = {"POWERTOOLS_METRICS_NAMESPACE": NAMESPACE, "POWERTOOLS_LOG_LEVEL": "INFO"}
