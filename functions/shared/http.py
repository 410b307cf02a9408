"""The edge: what every HTTP function does around its own few lines."""

import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response, content_types
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.shared.access import partner_of
from functions.shared.app import app
from functions.shared.problems import problem_of, render
from functions.shared.request import checked, parse_json

NO_STORE = {"Cache-Control": "no-store"}

Handler = Callable[[dict[str, Any], LambdaContext], dict[str, Any]]

logger = Logger()
metrics = Metrics()


def resolver() -> APIGatewayHttpResolver:
    """Return a resolver that parses strictly and answers every error as problem details."""
    made = APIGatewayHttpResolver(enable_validation=True, json_body_deserializer=parse_json)
    made.exception_handler(Exception)(_answer)
    return made


def answer(status: HTTPStatus, body: Any) -> Response[Any]:
    """Return a JSON answer that no cache may keep."""
    return Response(status, content_types.APPLICATION_JSON, body, headers=dict(NO_STORE))


def serve(routes: APIGatewayHttpResolver, endpoint: str | None = None) -> Handler:
    """Return the Lambda handler of a resolver; with `endpoint` it lets in only that one's partners.

    It logs the route, the status, the problem's type and the time taken: nothing that a person or
    a partner sent.
    """

    def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
        begun = time.perf_counter()
        answered = _guarded(routes, endpoint, event, context)
        _report(event, answered["statusCode"], begun)
        return answered

    return metrics.log_metrics(handler)


def caller(routes: APIGatewayHttpResolver) -> str:
    """Return the id of the partner that is asking, in a route behind `serve(..., endpoint)`."""
    return str(routes.context["partner"])


def _guarded(
    routes: APIGatewayHttpResolver,
    endpoint: str | None,
    event: dict[str, Any],
    context: LambdaContext,
) -> dict[str, Any]:
    try:
        if endpoint:
            routes.context["partner"] = partner_of(app(), event.get("headers", {}), endpoint)
        return routes.resolve(checked(event), context)
    except Exception as error:
        return _rendered(error)


def _rendered(error: Exception) -> dict[str, Any]:
    problem = problem_of(error)
    if problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        cause, where = type(error).__name__, _where(error)
        logger.error("failed", problem=problem.slug, cause=cause, where=where)
    else:
        logger.info("refused", problem=problem.slug)
    return render(problem)


def _answer(error: Exception) -> Response[str]:
    rendered = _rendered(error)
    return Response(rendered["statusCode"], None, rendered["body"], headers=rendered["headers"])


def _where(error: BaseException) -> list[str]:
    """Return the path of an exception through the code, without its text: that may quote input."""
    steps, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        steps.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return steps[-6:]


def _report(event: dict[str, Any], status: int, begun: float) -> None:
    spent = (time.perf_counter() - begun) * 1_000
    logger.info("answered", route=event["routeKey"], status=status, ms=round(spent, 1))
    metrics.add_metric(name=f"Answers{status // 100}xx", unit=MetricUnit.Count, value=1)
    metrics.add_metric(name="Duration", unit=MetricUnit.Milliseconds, value=spent)
