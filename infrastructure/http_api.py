"""The HTTP API: one function a route, each with its route's rights, and one for all else."""

import json

import aws_cdk as cdk
import jsii
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_iam as iam
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_logs as logs
from aws_cdk.aws_apigatewayv2_integrations import HttpLambdaIntegration
from constructs import Construct

from infrastructure.acknowledgements import acknowledge
from infrastructure.function import MEMORY_MB, Function
from infrastructure.permissions import Resources, environment, statements
from infrastructure.routes import ROUTES, UNROUTED, UNROUTED_GRANTS, Route, allowed

_FULL_VCPU_MB = 1769
"""argon2id with 64 MiB takes 120 ms of one vCPU. Source: AWS Lambda guide, "Configure memory"."""
_PIN_CONCURRENCY = 20
"""About 160 PIN checks a second for each route: guessing can use up this, and not the account."""
_TIMEOUT = cdk.Duration.seconds(28)
"""Below the 30 s after which API Gateway stops waiting, so that the function can still answer."""
_THROTTLE = apigateway.ThrottleSettings(rate_limit=500, burst_limit=1000)
"""A ceiling on what a flood can cost, far above 5,000 partners polling every minute."""

_LOGGED = {
    "request": "$context.requestId",
    "route": "$context.routeKey",
    "status": "$context.status",
    "milliseconds": "$context.responseLatency",
}
"""No address, no agent, no path: the route is the template, never what was asked for."""


class Api(Construct):
    """POST /cases and its kin, and the partner API below /v1."""

    def __init__(
        self, scope: Construct, ident: str, *, code: lambda_.Code, resources: Resources
    ) -> None:
        super().__init__(scope, ident)
        self._code = code
        self._resources = resources
        self.http_api = apigateway.HttpApi(self, "HttpApi", create_default_stage=False)
        self._open_stage()
        self._answer_the_rest()
        self.mac_roles = [role for route in ROUTES if (role := self._serve(route)) is not None]
        acknowledge(self.http_api, {"AwsSolutions-APIG4": _OWN_CREDENTIALS})

    def _serve(self, route: Route) -> iam.Role | None:
        """Add the route; its role, if the route makes MACs."""
        name = route.handler.removesuffix(".handler").rpartition(".")[2]
        function = Function(
            self,
            "".join(word.capitalize() for word in name.split("_")),
            code=self._code,
            handler=f"functions.{route.handler}.handler",
            service=name,
            environment=environment(route.grants, self._resources) | self._settings(route),
            rights=statements(route.grants, self._resources),
            memory_mb=_FULL_VCPU_MB if route.verifies_pin else MEMORY_MB,
            timeout=_TIMEOUT,
            concurrency=_PIN_CONCURRENCY if route.verifies_pin else None,
        )
        self.http_api.add_routes(
            path=route.path,
            methods=[apigateway.HttpMethod[route.method]],
            integration=HttpLambdaIntegration(f"{name}Integration", function.function),
        )
        return function.role if route.grants.mac else None

    def _settings(self, route: Route) -> dict[str, str]:
        if not route.disputes:
            return {}
        return {"DISPUTED_AFTER": str(self._resources.disputed_after)}

    def _answer_the_rest(self) -> None:
        """Let a function say 404 and 405: what API Gateway says is no problem details."""
        function = Function(
            self,
            "Unrouted",
            code=self._code,
            handler=f"functions.{UNROUTED}.handler",
            service="unrouted",
            environment={
                "ALLOWED": json.dumps(allowed()),
                **environment(UNROUTED_GRANTS, self._resources),
            },
            rights=statements(UNROUTED_GRANTS, self._resources),
            timeout=_TIMEOUT,
        )
        route = apigateway.HttpRoute(
            self,
            "UnroutedRoute",
            http_api=self.http_api,
            route_key=apigateway.HttpRouteKey.DEFAULT,
            integration=HttpLambdaIntegration("UnroutedIntegration", function.function),
        )
        acknowledge(route, {"AwsSolutions-APIG4": "It only says that there is nothing here."})

    def _open_stage(self) -> None:
        log = logs.LogGroup(
            self,
            "AccessLog",
            retention=logs.RetentionDays.TWO_WEEKS,
            removal_policy=cdk.RemovalPolicy.DESTROY,
        )
        apigateway.HttpStage(
            self,
            "Stage",
            http_api=self.http_api,
            auto_deploy=True,
            throttle=_THROTTLE,
            access_log_settings=_AccessLog(log),
        )


@jsii.implements(apigateway.IAccessLogSettings)
class _AccessLog:
    """CDK has an interface for this and, in Python, no class."""

    def __init__(self, log: logs.LogGroup) -> None:
        self._destination = apigateway.LogGroupLogDestination(log)

    @property
    def destination(self) -> apigateway.IAccessLogDestination:
        return self._destination

    @property
    def format(self) -> cdk.aws_apigateway.AccessLogFormat:
        return cdk.aws_apigateway.AccessLogFormat.custom(json.dumps(_LOGGED))


_OWN_CREDENTIALS = (
    "A person has a case number and a PIN, in the body; a partner has keys in its headers. "
    "The functions check both, in constant time; a gateway authorizer could see neither body "
    "nor per-endpoint keys."
)
