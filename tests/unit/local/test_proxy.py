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
    """A local AWS: one file in a bucket, and an API that answers with the request it got."""

    def do_GET(self) -> None:
        found = self.path == "/page-bucket/index.html" and "authorization" in self.headers
        page = b"<!doctype html>" if found else b""
        self.send_response(200 if found else 403)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.send_header("Access-Control-Allow-Origin", "*")
        self.send_header("Server", "a version that is nobody's business")
        self.end_headers()
        self.wfile.write(page)

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


def plan(cloud: str) -> ProxyPlan:
    distribution = Distribution.from_template(TEMPLATE)
    return ProxyPlan(8400, cloud, "page-bucket", "api.example", distribution)


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
def caller(origin: str) -> Iterator[TestClient]:
    with TestClient(proxy(plan(origin))) as client:
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


@pytest.mark.parametrize("path", ["/", "/index.html", "/index.html?list-type=2"])
def test_the_page_comes_from_its_private_bucket(caller: TestClient, path: str) -> None:
    answer = caller.get(path)

    assert (answer.status_code, answer.text) == (200, "<!doctype html>")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "server" not in answer.headers


@pytest.mark.parametrize("path", ["/assets/", "/nothing"])
def test_nothing_else_does(caller: TestClient, path: str) -> None:
    assert caller.get(path).status_code == 403


def test_no_path_leads_out_of_the_bucket(caller: TestClient) -> None:
    assert caller.get("/..%2fother-bucket/secret").status_code == 400


def test_no_other_site_may_read_anything(caller: TestClient) -> None:
    assert "access-control-allow-origin" not in caller.get("/").headers


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


def test_an_origin_that_is_gone_is_a_problem_too() -> None:
    with TestClient(proxy(plan("http://127.0.0.1:1"))) as caller:
        answer = caller.post("/v1/x")

    assert answer.status_code == 504
    assert answer.json()["type"] == "urn:notyours:problem:try-again"


def test_a_plan_survives_being_written_down(tmp_path: Path) -> None:
    written = plan("http://127.0.0.1:1")
    written.write(tmp_path / "plan.json")

    assert ProxyPlan.read(tmp_path / "plan.json") == written
