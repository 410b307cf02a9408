"""Whatever is asked for at the gateway, what goes wrong is told as problem details."""

import httpx
import pytest

from infrastructure import headers
from infrastructure.routes import ROUTES
from local.system import System

SECRET = "0123456789ABCDEFGHJK"

WRONG_METHOD = [
    (method, route.path, route.method)
    for route in ROUTES
    for method in ("GET", "POST", "PUT", "PATCH", "DELETE")
    if method != route.method
]


def ask(system: System, method: str, path: str) -> httpx.Response:
    """Ask, and see to it that the answer has what every answer has."""
    answer = httpx.request(method, system.page + path, timeout=30)
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-security-policy"] == headers.CONTENT_SECURITY_POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == headers.REFERRER_POLICY
    return answer


@pytest.mark.parametrize(("method", "path", "allowed"), WRONG_METHOD)
def test_a_wrong_method_is_told_the_right_one(
    system: System, method: str, path: str, allowed: str
) -> None:
    answer = ask(system, method, path)

    assert (answer.status_code, answer.headers["allow"]) == (405, allowed)
    assert answer.json() == {
        "type": "urn:notyours:problem:method-not-allowed",
        "title": "This method is not allowed here",
        "status": 405,
    }


@pytest.mark.parametrize("path", ["/v1/Nothing", "/v1/", f"/cases/{SECRET}", "/casesX"])
@pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
def test_what_is_not_there_is_not_found_and_not_named(
    system: System, method: str, path: str
) -> None:
    answer = ask(system, method, f"{path}?number={SECRET}")

    assert answer.status_code == 404
    assert answer.json() == {
        "type": "urn:notyours:problem:not-found",
        "title": "There is nothing here",
        "status": 404,
    }


def test_who_asks_for_the_head_alone_gets_the_head_alone(system: System) -> None:
    answer = ask(system, "HEAD", "/v1/FetchHashes")

    assert (answer.status_code, answer.headers["allow"]) == (405, "GET")
    assert answer.content == b""
