"""The rules of the edge."""

import pytest

from local.proxy.edge import climbs, single_slashes, to_origin, to_viewer


@pytest.mark.parametrize(
    ("asked", "served"),
    [
        ("/v1//FetchHashes", "/v1/FetchHashes"),
        ("//v1///FetchHashes", "/v1/FetchHashes"),
        ("/v1/FetchHashes/", "/v1/FetchHashes/"),
        ("/", "/"),
    ],
)
def test_doubled_slashes_count_as_one(asked: str, served: str) -> None:
    assert single_slashes(asked) == served


@pytest.mark.parametrize("path", ["/../secret", "/a/%2e%2E/b", "/.", "/..%2fsecret"])
def test_a_path_that_leads_upwards_is_known(path: str) -> None:
    assert climbs(path)
    assert not climbs("/assets/..main.js")


def test_the_origin_sees_its_own_name_and_only_what_is_allowed() -> None:
    sent = [("X-Forwarded-For", "203.0.113.7"), ("Host", "page"), ("X-Functions-Key", "k")]

    assert to_origin(sent, ["x-functions-key"], "api") == [
        ("host", "api"),
        ("x-functions-key", "k"),
    ]


def test_the_edge_has_the_last_word_on_its_headers() -> None:
    said = [("Referrer-Policy", "unsafe-url"), ("Server", "x"), ("Content-Type", "text/html")]

    assert to_viewer(said, {"Referrer-Policy": "no-referrer"}, ["server"]) == [
        ("content-type", "text/html"),
        ("referrer-policy", "no-referrer"),
    ]


def test_headers_of_one_connection_stay_on_it() -> None:
    assert to_viewer([("Connection", "close"), ("Transfer-Encoding", "chunked")], {}, []) == []
