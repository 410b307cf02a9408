"""The proxy, between a caller and an origin that says what it was asked."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from local.distribution import Distribution
from local.proxy.app import proxy
from local.proxy.edge import LARGEST_BODY
from local.proxy.plan import ProxyPlan
from tests.unit.local.templates import TEMPLATE


class Origin(BaseHTTPRequestHandler):
    """Answers with the request it got."""

    def do_POST(self) -> None:
        length = int(self.headers.get("content-length", 0))
        asked = {
            "path": self.path,
            "headers": {name.lower(): value for name, value in self.headers.items()},
            "body": self.rfile.read(length).decode(),
        }
        answer = json.dumps(asked).encode()
        self.send_response(201)
        self.send_header("Content-Type", "application/problem+json")
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Set-Cookie", "session=1")
        self.send_header("X-Robots-Tag", "all")
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def origin() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Origin)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def caller(origin: str, tmp_path: Path) -> Iterator[TestClient]:
    page = tmp_path / "page"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<!doctype html>")
    (page / "assets" / "main.js").write_text("let a")
    (tmp_path / "secret.txt").write_text("not part of the page")
    plan = ProxyPlan(0, page, origin, "api.example", Distribution.from_template(TEMPLATE))
    with TestClient(proxy(plan)) as client:
        yield client


def test_a_request_reaches_the_api_as_cloudfront_would_send_it(caller: TestClient) -> None:
    answer = caller.post(
        "/v1//FetchHashes?a=%2F&a=2",
        content="{}",
        headers={"x-functions-key": "k", "X-Forwarded-For": "203.0.113.7", "Cookie": "a=b"},
    )

    asked = answer.json()
    assert answer.status_code == 201
    assert answer.headers["content-type"] == "application/problem+json"
    assert asked["path"] == "/v1/FetchHashes?a=%2F&a=2"
    assert asked["body"] == "{}"
    assert asked["headers"] == {
        "host": "api.example",
        "x-functions-key": "k",
        "content-length": "2",
    }


def test_every_answer_carries_each_security_header_once(caller: TestClient) -> None:
    for answer in (caller.get("/"), caller.get("/nothing"), caller.post("/v1/x"), caller.put("/")):
        assert answer.headers.get_list("x-robots-tag") == ["noindex"]
        assert answer.headers.get_list("x-content-type-options") == ["nosniff"]


def test_the_page_is_served_with_its_types(caller: TestClient) -> None:
    assert caller.get("/").headers["content-type"].startswith("text/html")
    assert caller.get("/assets/main.js").headers["content-type"].startswith("text/javascript")


@pytest.mark.parametrize("path", ["/assets/", "/assets", "/..%2fsecret.txt", "/a%00b", "/nothing"])
def test_nothing_but_the_files_of_the_page_is_served(caller: TestClient, path: str) -> None:
    assert caller.get(path).status_code == 404


def test_the_page_can_only_be_read(caller: TestClient) -> None:
    assert caller.post("/").status_code == 403


def test_a_large_body_is_refused_as_a_problem(caller: TestClient) -> None:
    answer = caller.post("/v1/SubmitHashes", content=b"x" * (LARGEST_BODY + 1))

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 413


def test_cookies_of_the_origin_are_not_kept_for_the_next_caller(caller: TestClient) -> None:
    caller.post("/v1/x")
    caller.cookies.clear()

    assert "cookie" not in caller.post("/v1/x").json()["headers"]


def test_an_origin_that_is_gone_is_a_problem_too(tmp_path: Path) -> None:
    nowhere = "http://127.0.0.1:1"
    plan = ProxyPlan(0, tmp_path, nowhere, "api", Distribution.from_template(TEMPLATE))

    with TestClient(proxy(plan)) as caller:
        answer = caller.post("/v1/x")

    assert answer.status_code == 504
    assert answer.json()["type"] == "urn:notyours:problem:try-again"


def test_a_plan_survives_being_written_down(tmp_path: Path) -> None:
    plan = ProxyPlan(1, tmp_path, "http://a", "b", Distribution.from_template(TEMPLATE))
    plan.write(tmp_path / "plan.json")

    assert ProxyPlan.read(tmp_path / "plan.json") == plan
