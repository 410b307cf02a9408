"""Answers what no route takes: 405 where the path has another method, 404 where it has none.

Without it API Gateway would answer, in a form of its own. No answer names the path: what people
type into an address may be a case number.
"""

import json
from collections.abc import Mapping
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.shared.app import app
from functions.shared.errors import MethodNotAllowed, NotFound
from functions.shared.problems import render

logger = Logger()
metrics = Metrics()


def refusal(path: str, allowed: Mapping[str, str]) -> dict[str, Any]:
    """Return the answer for a path; `allowed` has the methods of each one that there is."""
    if path not in allowed:
        return render(NotFound())
    answer = render(MethodNotAllowed())
    # Who says 405 must say this. Source: RFC 9110, section 15.5.6.
    answer["headers"]["Allow"] = allowed[path]
    return answer


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    answer = refusal(event["rawPath"], json.loads(app().env["ALLOWED"]))
    logger.info("answered", route=event["routeKey"], status=answer["statusCode"])
    metrics.add_metric(name="Answers4xx", unit=MetricUnit.Count, value=1)
    return answer
