"""Errors as botocore raises them."""

from functools import cache
from typing import Any

from botocore.exceptions import ClientError

from tests.rights import session


@cache
def exceptions() -> Any:
    """Return the `exceptions` of a real client, so that `except` means the same classes."""
    return session().client("dynamodb").exceptions


def error(code: str, operation: str, message: str = "", **details: Any) -> ClientError:
    """Return the error that a client raises for an answer with this code."""
    answer = {"Error": {"Code": code, "Message": message or code}, **details}
    made: ClientError = exceptions().from_code(code)(answer, operation)
    return made


def invalid(message: str) -> ClientError:
    """Return the error for a request that means nothing."""
    return error("ValidationException", "Request", message)
