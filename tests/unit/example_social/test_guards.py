"""What the site refuses, and what every answer of it carries."""

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1:9999", "http://localhost:8480"]
)
def test_a_post_from_another_site_is_refused(browser: TestClient, origin: str) -> None:
    assert browser.post("/upload", headers={"Origin": origin}).status_code == 403
    assert browser.post("/review/x", headers={"Origin": origin}).status_code == 403


def test_a_post_from_our_own_page_passes(browser: TestClient) -> None:
    answer = browser.post("/upload", headers={"Origin": "http://127.0.0.1:8480"})

    assert answer.status_code == 422  # read, and found to hold no picture


def test_under_a_strange_name_nothing_is_answered(browser: TestClient) -> None:
    assert browser.get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("path", ["/", "/review", "/status", "/api/status", "/nothing", "/upload"])
def test_every_answer_forbids_scripts_and_sniffing(browser: TestClient, path: str) -> None:
    headers = browser.get(path).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("path", "status"), [("/nothing", 404), ("/upload", 405)])
def test_a_wrong_address_gets_a_plain_sentence(browser: TestClient, path: str, status: int) -> None:
    answer = browser.get(path)

    assert answer.status_code == status
    assert "That did not work" in answer.text


def test_the_pages_load_nothing_from_elsewhere(browser: TestClient) -> None:
    for path in ("/", "/review", "/status"):
        assert "<script" not in browser.get(path).text
        assert "style=" not in browser.get(path).text
    for path in ("/static/style.css", "/static/icon.svg"):
        assert browser.get(path).status_code == 200
