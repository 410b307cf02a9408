"""The partners' edge: keys, parameters, and the answers to what is wrong with them."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.edge import HANDLERS, Edge, Reply
from tests.faults import record_calls
from tests.hashes import signal
from tests.people import credentials, new_case, pdq
from tests.world import START, world

ENDPOINTS = {
    "/v1/FetchHashes": "FetchHashes",
    "/v1/SubmitHashes": "SubmitHashes",
    "/v1/SubmitFeedback": "SubmitFeedback",
}
BODIES: dict[str, Any] = {
    "/v1/SubmitHashes": {"count": 0, "hashRecords": []},
    "/v1/SubmitFeedback": {"count": 0, "hashFeedbacks": []},
}


@pytest.fixture(scope="module")
def edge() -> Iterator[Edge]:
    """Return one edge for this file: its tests leave nothing that another would see."""
    with world() as made, pytest.MonkeyPatch.context() as patch:
        yield Edge(made, patch)


def call(edge: Edge, path: str, headers: dict[str, str]) -> Reply:
    if path in BODIES:
        return edge.post(path, BODIES[path], headers=headers)
    return edge.get(path, {"startTimestamp": 10}, headers=headers)


def fetch(edge: Edge, partner: str = "example-social", **query: Any) -> Reply:
    return edge.get("/v1/FetchHashes", query, headers=edge.keys("FetchHashes", partner))


@pytest.mark.parametrize("path", ENDPOINTS)
def test_a_partner_with_its_keys_is_let_in(edge: Edge, path: str) -> None:
    assert call(edge, path, edge.keys(ENDPOINTS[path])).status == 200


@pytest.mark.parametrize("path", ENDPOINTS)
def test_who_comes_without_good_keys_is_told_the_same(edge: Edge, path: str) -> None:
    good = edge.keys(ENDPOINTS[path])
    others = edge.keys(ENDPOINTS[path], "another")
    revoked = edge.keys(ENDPOINTS[path], "revoked")
    edge.revoke("revoked")
    wrong: list[dict[str, str]] = [
        {},
        {"x-functions-key": good["x-functions-key"]},
        {"ocp-apim-subscription-key": good["ocp-apim-subscription-key"]},
        {**good, "x-functions-key": ""},
        {**good, "x-functions-key": "guess-guess"},
        {**good, "ocp-apim-subscription-key": "guess-guess"},
        {**good, "x-functions-key": others["x-functions-key"]},
        {**good, "ocp-apim-subscription-key": "\u00e5\u00e4\u00f6"},
        revoked,
        {**good, "x-functions-key": revoked["x-functions-key"]},
        {**good, "ocp-apim-subscription-key": revoked["ocp-apim-subscription-key"]},
    ]
    told = {(reply.status, reply.text) for reply in (call(edge, path, keys) for keys in wrong)}

    [(status, text)] = told
    assert status == 401
    assert "unknown-key" in text


@pytest.mark.parametrize("path", ENDPOINTS)
@pytest.mark.parametrize("endpoint", ENDPOINTS.values())
def test_a_key_of_another_endpoint_is_forbidden(edge: Edge, path: str, endpoint: str) -> None:
    reply = call(edge, path, edge.keys(endpoint))

    if endpoint == ENDPOINTS[path]:
        assert reply.status == 200
    else:
        assert (reply.status, reply.problem) == (403, "wrong-endpoint-key")


@pytest.mark.parametrize("path", BODIES)
def test_strangers_are_turned_away_before_their_body_is_read(edge: Edge, path: str) -> None:
    assert edge.post(path, "not JSON at all", headers={"content-type": "text/plain"}).status == 401


def test_keys_may_be_sent_in_any_spelling_of_their_headers(edge: Edge) -> None:
    keys = edge.keys("FetchHashes")
    shouted = {name.upper(): value for name, value in keys.items()}

    assert call(edge, "/v1/FetchHashes", shouted).status == 200


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"startTimestamp": ""},
        {"startTimestamp": "-1"},
        {"startTimestamp": "10.0"},
        {"startTimestamp": "soon-soon"},
        {"startTimestamp": "1e20"},
        {"startTimestamp": "9" * 13},
        {"startTimestamp": "9" * 5_000},
        {"startTimestamp": "\uff11\uff10"},
        {"startTimestamp": "0x10"},
        {"startTimestamp": " 10"},
        {"startTimestamp": "+10"},
        {"startTimestamp": "10,11"},
        {"startTimestamp": int(START) + 2 * 86_400},
        {"startTimestamp": 10, "pageSize": 0},
        {"startTimestamp": 10, "pageSize": "-1"},
        {"startTimestamp": 10, "pageSize": "abc"},
        {"startTimestamp": 10, "pageSize": "1.5"},
        {"startTimestamp": 10, "pageSize": ""},
        {"startTimestamp": 10, "nextPageToken": "forged-forged"},
        {"startTimestamp": 10, "nextPageToken": "a.b"},
        {"startTimestamp": 10, "nextPageToken": "\u00e5.\u00e4"},
        {"startTimestamp": 10, "nextPageToken": "x" * 10_000},
    ],
    ids=lambda query: str(query)[:50],
)
def test_a_bad_parameter_is_a_bad_request(edge: Edge, query: dict[str, Any]) -> None:
    reply = fetch(edge, **query)

    assert (reply.status, reply.problem) == (400, "bad-parameter")
    assert not any(len(str(value)) > 4 and str(value) in reply.text for value in query.values())


@pytest.mark.parametrize("size", [1_000, 1_001, 999_999])
def test_a_page_size_above_the_limit_is_clamped(edge: Edge, size: int) -> None:
    assert fetch(edge, startTimestamp=10, pageSize=size).status == 200


def test_an_empty_bank_answers_an_empty_page_that_echoes_the_start(edge: Edge) -> None:
    assert fetch(edge, startTimestamp=10, pageSize=800).json == {
        "count": 0,
        "nextPageToken": None,
        "nextSetTimestamp": 10,
        "hasMoreRecords": False,
        "hashRecords": [],
    }


def test_parameters_that_are_not_ours_are_ignored(edge: Edge) -> None:
    assert fetch(edge, startTimestamp=10, colour="blue").status == 200


def test_feedback_needs_no_signal_type_and_its_source_is_who_sent_it(edge: Edge) -> None:
    edge.post("/cases", new_case().model_dump())
    item = {
        "hashValue": pdq(0).upper() + "\n",
        "feedbackValue": "Blocked",
        "tags": ["b", "a", "b"],
        "source": "somebody-else",
        "lastModtimestamp": 1,
    }
    body = {"count": 1, "hashFeedbacks": [item]}
    reply = edge.post("/v1/SubmitFeedback", body, headers=edge.keys("SubmitFeedback"))

    assert reply.json == {
        "count": 1,
        "results": [{"index": 0, "result": "stored", "reason": None}],
    }
    app = edge.world.app_for(HANDLERS["POST", "/v1/SubmitFeedback"])
    [found] = app.store.bank.by_signal([signal(0)]).values()
    assert {source: answer.tags for source, answer in found.feedback.items()} == {
        "example-social": ("a", "b")
    }


def test_a_stranger_costs_one_read(edge: Edge) -> None:
    app = edge.world.app_for(HANDLERS["GET", "/v1/FetchHashes"])
    calls = record_calls(app.store.client)
    call(edge, "/v1/FetchHashes", {"ocp-apim-subscription-key": "guess-guess"})

    assert calls == ["BatchGetItem"]


def test_a_case_number_is_no_key(edge: Edge) -> None:
    edge.post("/cases", new_case().model_dump())
    number = credentials().number
    headers = {"ocp-apim-subscription-key": number, "x-functions-key": number}

    assert call(edge, "/v1/FetchHashes", headers).status == 401
