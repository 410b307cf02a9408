"""A client that may do only what a route lists, so that least privilege is tested without AWS."""

from collections.abc import Iterator
from typing import Any

import boto3

from infrastructure.routes import Grants

TRANSACTION = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


class Denied(AssertionError):
    """A function did what its route does not list."""


def connect_with(grants: Grants, tables: dict[str, tuple[str, ...]]) -> Any:
    """Return a `connect` whose clients refuse every action outside the grants.

    `tables` maps table names to the actions allowed on them.
    """

    def connect(service: str) -> Any:
        client = boto3.client(service)  # type: ignore[call-overload]
        client.meta.events.register(
            f"before-parameter-build.{service}",
            lambda params, model, **_: _check(service, model.name, params, grants, tables),
        )
        return client

    return connect


def _check(
    service: str, operation: str, params: Any, grants: Grants, tables: dict[str, tuple[str, ...]]
) -> None:
    if not _allowed(service, operation, params, grants, tables):
        raise Denied(f"{service}:{operation}")


def _allowed(
    service: str, operation: str, params: Any, grants: Grants, tables: dict[str, tuple[str, ...]]
) -> bool:
    match service:
        case "dynamodb":
            touched = _touched(operation, params)
            return all(action in tables.get(table, ()) for table, action in touched)
        case "kms":
            return grants.mac and operation == "GenerateMac"
        case "sns":
            return grants.publish and operation == "Publish"
    return service == "sqs" and operation in ("GetQueueUrl", "SendMessage")


def _touched(operation: str, params: Any) -> Iterator[tuple[str, str]]:
    if operation == "TransactWriteItems":
        for entry in params["TransactItems"]:
            for kind, write in entry.items():
                yield write["TableName"], TRANSACTION[kind]
    elif operation.startswith("Batch"):
        yield from ((table, operation) for table in params["RequestItems"])
    else:
        yield params["TableName"], operation
