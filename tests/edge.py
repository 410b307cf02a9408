"""The edge as a caller meets it: API Gateway's events in, HTTP answers out."""

import base64
import json
from dataclasses import dataclass, field
from datetime import date
from importlib import import_module
from typing import Any
from urllib.parse import urlencode

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.shared import http
from functions.shared.store.keys import KeyStore
from functions.shared.store.revocations import Revocations
from functions.shared.store.table import Table
from infrastructure.keys import issue, revoke
from infrastructure.routes import ROUTES
from tests.rights import session
from tests.world import World

PARTNER = "example-social"
DAY = date(2027, 1, 15)
HANDLERS = {(route.method, route.path): route.handler for route in ROUTES}


@dataclass(frozen=True)
class Reply:
    """What comes back over HTTP. Header names are in lower case."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.text)

    @property
    def problem(self) -> str:
        """The last part of the problem's type."""
        assert self.headers["content-type"] == "application/problem+json"
        assert self.json["status"] == self.status
        return str(self.json["type"]).removeprefix("urn:notyours:problem:")


@dataclass(frozen=True)
class Edge:
    """Every HTTP function of one world, each with its own rights only."""

    world: World
    patch: pytest.MonkeyPatch
    issued: dict[str, Any] = field(default_factory=dict)

    def post(self, path: str, body: Any, **sent: Any) -> Reply:
        """POST a value as JSON, or text as it is."""
        text = body if isinstance(body, str) else json.dumps(body)
        return self.send(HANDLERS["POST", path], event("POST", path, body=text, **sent))

    def get(self, path: str, query: dict[str, Any] | None = None, **sent: Any) -> Reply:
        """GET with query parameters."""
        return self.send(HANDLERS["GET", path], event("GET", path, query=query or {}, **sent))

    def keys(self, endpoint: str, partner: str = PARTNER) -> dict[str, str]:
        """Return the headers by which a partner proves who it is."""
        if partner not in self.issued:
            self.issued[partner] = issue(partner, self._key_store, DAY)
        keys = self.issued[partner]
        return {
            "x-functions-key": keys["function_keys"][endpoint],
            "ocp-apim-subscription-key": keys["subscription_key"],
        }

    def revoke(self, partner: str) -> None:
        """Revoke the keys that a partner has; it gets others when it is next asked for some."""
        ledger = Revocations(self._table("ERASURES"))
        assert revoke(partner, [self.issued.pop(partner)["set"]], self._key_store, ledger, DAY)

    @property
    def _key_store(self) -> KeyStore:
        return KeyStore(self._table("BANK"))

    def _table(self, name: str) -> Table:
        return Table(session().client("dynamodb"), self.world.env[f"{name}_TABLE"])

    def send(self, handler: str, request: dict[str, Any]) -> Reply:
        """Hand an event to a handler, whose App is this world's, and read its answer."""
        module = import_module(f"functions.{handler}")
        for place in (module, http):
            self.patch.setattr(place, "app", lambda: self.world.app_for(handler))
        answered = json.loads(json.dumps(module.handler(request, LambdaContext())))
        assert not answered["isBase64Encoded"]
        lists = answered.get("multiValueHeaders") or {}
        single = answered.get("headers") or {}
        headers = {name.lower(): value for name, value in single.items()}
        headers |= {name.lower(): ",".join(values) for name, values in lists.items()}
        assert headers["cache-control"] == "no-store"
        return Reply(answered["statusCode"], headers, answered["body"])


def event(
    method: str,
    path: str,
    *,
    body: str | None = None,
    query: dict[str, Any] | None = None,
    headers: dict[str, str] | None = None,
    encoded: bool = False,
) -> dict[str, Any]:
    """Return what API Gateway sends for a request: payload format 2.0 of an HTTP API.

    With `encoded` the body travels in base64, as it does for media types that are not text.
    """
    sent = {"host": "api.test", "user-agent": "test", "x-forwarded-for": "192.0.2.7"}
    if body is not None:
        sent["content-type"] = "application/json"
    text = base64.b64encode(body.encode("latin-1")).decode() if encoded and body else body
    return {
        "version": "2.0",
        "routeKey": f"{method} {path}",
        "rawPath": path,
        "rawQueryString": urlencode(query or {}),
        "headers": sent | (headers or {}),
        **({"queryStringParameters": {k: str(v) for k, v in query.items()}} if query else {}),
        "requestContext": {
            "accountId": "000000000000",
            "apiId": "api",
            "domainName": "api.test",
            "domainPrefix": "api",
            "http": {
                "method": method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "192.0.2.7",
                "userAgent": "test",
            },
            "requestId": "request",
            "routeKey": f"{method} {path}",
            "stage": "$default",
            "time": "15/Jan/2027:08:00:00 +0000",
            "timeEpoch": 1_800_000_000_000,
        },
        **({"body": text} if text is not None else {}),
        "isBase64Encoded": encoded,
    }
