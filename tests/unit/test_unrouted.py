"""What no route takes is answered as everything else is."""

import io
import json
import logging
from typing import Any

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.shared.app import App
from functions.unrouted import handler as module
from infrastructure.routes import ROUTES, Route, allowed
from tests.edge import event

METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE", "TRACE")
SECRET = "/cases/0123456789ABCDEFGHJK"


def no_client(*_: Any) -> Any:
    raise AssertionError("It needs nobody.")


@pytest.fixture(autouse=True)
def _app(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = App({"ALLOWED": json.dumps(allowed())}, no_client)
    monkeypatch.setattr(module, "app", lambda: alone)


def ask(method: str, path: str, **sent: Any) -> dict[str, Any]:
    asked = event(method, path, **sent) | {"routeKey": "$default"}
    answer: dict[str, Any] = module.handler(asked, LambdaContext())
    return answer


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_a_path_that_has_another_method_says_which(route: Route, method: str) -> None:
    answer = ask(method, route.path)

    assert answer["statusCode"] == 405
    assert answer["headers"]["Allow"] == route.method
    assert answer["headers"]["Content-Type"] == "application/problem+json"
    assert answer["headers"]["Cache-Control"] == "no-store"
    assert json.loads(answer["body"]) == {
        "type": "urn:notyours:problem:method-not-allowed",
        "title": "This method is not allowed here",
        "status": 405,
    }


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("path", [SECRET, "/v1/Nothing", "/v1/fetchhashes", "/cases/", "/", ""])
def test_a_path_that_there_is_not_is_not_found(path: str, method: str) -> None:
    answer = ask(method, path)

    assert answer["statusCode"] == 404
    assert "Allow" not in answer["headers"]
    assert json.loads(answer["body"])["type"] == "urn:notyours:problem:not-found"


@pytest.mark.parametrize("body", ["", "not JSON", "\ud800", "[" * 1000])
def test_a_body_is_not_looked_at(body: str) -> None:
    assert ask("POST", SECRET, body=body) == ask("GET", SECRET)


def test_a_path_with_several_methods_allows_them_all() -> None:
    answer = module.refusal("/some", {"/some": "GET, POST"})
    assert answer["headers"]["Allow"] == "GET, POST"


def test_nothing_that_was_asked_for_is_told_or_logged(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said = io.StringIO()
    for log in logging.getLogger(module.logger.service).handlers:
        if isinstance(log, logging.StreamHandler):
            monkeypatch.setattr(log, "stream", said)

    answer = ask("DELETE", SECRET, query={"pin": "40718263"}, body="a secret")

    told = said.getvalue() + capsys.readouterr().out
    assert '"route":"$default"' in told
    assert '"status":404' in told
    assert '"Answers4xx":[1.0]' in told
    for secret in (SECRET, "40718263", "a secret", "DELETE", "192.0.2.7"):
        assert secret not in told + json.dumps(answer)
