"""Generates contract/openapi.json: `python -m infrastructure.openapi [--check]`."""

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

from aws_lambda_powertools.event_handler.openapi.merge import OpenAPIMerge
from aws_lambda_powertools.event_handler.openapi.models import APIKey, APIKeyIn
from pydantic_core import to_jsonable_python

from infrastructure.routes import ROUTES

TARGET = Path(__file__).parents[1] / "contract" / "openapi.json"

SCHEMES = {
    "SubscriptionKey": APIKey.model_validate(
        {"name": "Ocp-Apim-Subscription-Key", "in": APIKeyIn.header}
    ),
    "FunctionKey": APIKey.model_validate({"name": "x-functions-key", "in": APIKeyIn.header}),
}

PLAIN: dict[str, Any] = {"by_alias": True, "exclude_none": True}


def document() -> dict[str, Any]:
    """Return the OpenAPI 3.1 document of all HTTP functions."""
    merge = OpenAPIMerge(
        title="NotYours",
        version="1",
        summary="An open hash bank against intimate-image abuse",
        on_conflict="error",
        security_schemes=dict(SCHEMES),
    )
    for route in ROUTES:
        resolver = import_module(f"functions.{route.handler}").routes
        merge.add_schema(resolver.get_openapi_schema(security_schemes=SCHEMES))
    return _without_theirs(to_jsonable_python(merge.get_openapi_schema(), **PLAIN))


def _without_theirs(described: dict[str, Any]) -> dict[str, Any]:
    """Take out the validation answer that powertools describes; ours are problem details."""
    for path in described["paths"].values():
        for operation in path.values():
            if "HTTPValidationError" in json.dumps(operation["responses"].get("422", {})):
                del operation["responses"]["422"]
    for name in ("HTTPValidationError", "ResponseValidationError", "ValidationError"):
        del described["components"]["schemas"][name]
    return described


def main(arguments: list[str]) -> int:
    """Write the document, or with --check say whether the one on disk is current."""
    text = json.dumps(document(), indent=2) + "\n"
    if "--check" not in arguments:
        TARGET.write_text(text, encoding="utf-8")
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write("contract/openapi.json lags behind the functions: run `make fix`.\n")
    return 1


if __name__ == "__main__":
    os.environ.setdefault("POWERTOOLS_METRICS_NAMESPACE", "NotYours")
    raise SystemExit(main(sys.argv[1:]))
