"""Turns whatever went wrong into RFC 9457 problem details."""

import json
from collections.abc import Sequence
from typing import Any

from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from botocore.exceptions import ClientError, ConnectionError, HTTPClientError

from functions.shared.errors import (
    BadParameter,
    Conflict,
    InvalidRequest,
    NotFound,
    Problem,
    TryAgain,
    Unexpected,
)
from functions.shared.store.table import code_of

MEDIA_TYPE = "application/problem+json"
TYPE_PREFIX = "urn:notyours:problem:"

_BUSY = {
    "InternalServerError",
    "KMSInternalException",
    "KeyUnavailableException",
    "LimitExceededException",
    "ProvisionedThroughputExceededException",
    "RequestLimitExceeded",
    "ServiceUnavailable",
    "ThrottlingException",
    "TransactionConflictException",
}
"""Codes by which AWS says that it will do later what it did not do now."""


def problem_of(error: Exception) -> Problem:
    """Return what to tell the caller about an exception."""
    match error:
        case Problem():
            return error
        case RequestValidationError():
            return _invalid(error)
        case NotFoundError():
            return NotFound()
        case Conflict() | ConnectionError() | HTTPClientError():
            return TryAgain()
        case ClientError() if code_of(error) in _BUSY:
            return TryAgain()
    return Unexpected()


def render(problem: Problem) -> dict[str, Any]:
    """Return the HTTP answer for a problem, in API Gateway's form."""
    body: dict[str, Any] = {
        "type": TYPE_PREFIX + problem.slug,
        "title": problem.title,
        "status": problem.status,
    }
    if problem.detail:
        body["detail"] = problem.detail
    if problem.field:
        body["field"] = problem.field
    headers = {"Content-Type": MEDIA_TYPE, "Cache-Control": "no-store"}
    if problem.retry_after:
        headers["Retry-After"] = str(problem.retry_after)
    return {
        "statusCode": problem.status,
        "headers": headers,
        "body": json.dumps(body),
        "isBase64Encoded": False,
    }


def _invalid(error: RequestValidationError) -> Problem:
    """Name the first offending field by its place in what we expect."""
    first = error.errors()[0]
    place = first["loc"]
    if first["type"] == "extra_forbidden":
        return InvalidRequest("A field that is not known here.", field=_name(place[:-1]))
    if place[0] in ("query", "header", "path"):
        return BadParameter(field=_name(place))
    return InvalidRequest(field=_name(place))


def _name(place: Sequence[int | str]) -> str | None:
    """Return the path of a field below where it was sent. An unknown field's name is input."""
    return ".".join(str(step) for step in place[1:]) or None
