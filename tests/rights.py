"""A client that may do only what a route lists, so that least privilege is tested without AWS."""

from collections.abc import Collection, Iterator
from functools import cache
from typing import Any

import boto3
from botocore.config import Config

from infrastructure.routes import Grants

TRANSACTION = {
    "Put": "PutItem",
    "Update": "UpdateItem",
    "Delete": "DeleteItem",
    "ConditionCheck": "ConditionCheckItem",
}


class Denied(AssertionError):
    """A function did what its route does not list."""


@cache
def session() -> boto3.Session:
    """Return one session for all tests: it reads botocore's large service models only once."""
    return boto3.Session()


def connect_with(
    grants: Grants, tables: dict[str, tuple[str, ...]], *, reaches: Collection[str] = ()
) -> Any:
    """Return a `connect` whose clients refuse every action outside the grants.

    `tables` maps table names to the actions allowed on them. `reaches` has the actions by
    which partners are told.
    """

    def allowed(service: str, operation: str, params: Any) -> bool:
        match service:
            case "dynamodb":
                touched = _touched(operation, params)
                return all(action in tables.get(table, ()) for table, action in touched)
            case "kms":
                return grants.mac and operation == "GenerateMac"
            case "sns":
                return grants.publish and operation == "Publish"
        return f"{service}:{operation}" in reaches

    def connect(service: str, region: str | None = None, config: Config | None = None) -> Any:
        def check(params: Any, model: Any, **_: Any) -> None:
            if not allowed(service, model.name, params):
                raise Denied(f"{service}:{model.name}")

        client = session().client(service, region, config=config)  # type: ignore[call-overload]
        client.meta.events.register(f"before-parameter-build.{service}", check)
        return client

    return connect


def _touched(operation: str, params: Any) -> Iterator[tuple[str, str]]:
    if operation == "TransactWriteItems":
        for entry in params["TransactItems"]:
            for kind, write in entry.items():
                yield write["TableName"], TRANSACTION[kind]
    elif operation.startswith("Batch"):
        yield from ((table, operation) for table in params["RequestItems"])
    else:
        yield params["TableName"], operation
