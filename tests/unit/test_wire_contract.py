"""The v1 wire as partners' clients rely on it, where no other test says so."""

import json
from collections.abc import Iterator
from enum import Enum
from typing import Any

import pytest
from threatexchange.exchanges.clients.stopncii import api as published

from functions.partner_sync.sequence import sequence
from functions.shared.bank import FeedbackValue, Status
from functions.shared.signals import V1_TYPES
from infrastructure.routes import SEQUENCER
from tests.edge import HANDLERS, Edge, Reply
from tests.people import new_case, pdq
from tests.world import world

MD5 = "0123456789abcdef0123456789abcdef"


@pytest.fixture(scope="module")
def edge() -> Iterator[Edge]:
    """Return an edge whose feed holds a case, its feedback, and a partner's own hash."""
    with world() as made, pytest.MonkeyPatch.context() as patch:
        edge = Edge(made, patch)
        edge.post("/cases", new_case(4).model_dump())
        feedback = {"hashValue": pdq(0), "feedbackValue": "None", "tags": ["a"]}
        submit(edge, "SubmitFeedback", feedback)
        submit(edge, "SubmitHashes", {"signalType": "VideoMD5", "hashValue": MD5.upper()})
        sequence(made.app_for(SEQUENCER))
        yield edge


def submit(edge: Edge, endpoint: str, *items: dict[str, Any]) -> Reply:
    name = {"SubmitHashes": "hashRecords", "SubmitFeedback": "hashFeedbacks"}[endpoint]
    body = {"count": len(items), name: list(items)}
    return edge.post(f"/v1/{endpoint}", body, headers=edge.keys(endpoint))


def fetch(edge: Edge, partner: str = "example-social", **query: Any) -> Reply:
    asked = {"startTimestamp": 10, **query}
    return edge.get("/v1/FetchHashes", asked, headers=edge.keys("FetchHashes", partner))


def outcomes(reply: Reply) -> list[str]:
    assert reply.status == 200
    return [one["result"] for one in reply.json["results"]]


@pytest.mark.parametrize("size", [1, 2, 800])
def test_every_field_of_a_page_has_the_type_that_the_client_demands(edge: Edge, size: int) -> None:
    reply = fetch(edge, pageSize=size)
    page = reply.json

    assert reply.headers["content-type"] == "application/json"
    assert {name: type(value) for name, value in page.items()} == {
        "count": int,
        "nextPageToken": str if page["hasMoreRecords"] else type(None),
        "nextSetTimestamp": int,
        "hasMoreRecords": bool,
        "hashRecords": list,
    }
    assert page["count"] == len(page["hashRecords"]) == min(size, 5)


def test_every_field_of_a_record_has_the_type_that_the_client_demands(edge: Edge) -> None:
    found = fetch(edge).json["hashRecords"]

    assert len(found) == 5
    for record in found:
        assert type(record["lastModtimestamp"]) is int
        assert type(record["caseNumbers"]) is dict
        for answer in record["CSPFeedbacks"]:
            assert type(answer["tags"]) is list
            assert type(answer["source"]) is str


def test_a_hash_without_a_case_has_case_numbers_all_the_same(edge: Edge) -> None:
    [own] = [one for one in fetch(edge).json["hashRecords"] if one["signalType"] == "VideoMD5"]

    assert (own["hashValue"], own["caseNumbers"]) == (MD5, {})


def names(kind: type[Enum]) -> set[str]:
    return {str(member.value) for member in kind}


def test_what_goes_over_the_wire_is_in_the_enums_of_the_published_client() -> None:
    assert names(published.StopNCIICSPFeedbackValue) == {value.value for value in FeedbackValue}
    assert names(published.StopNCIICaseStatus) >= {status.value for status in Status}
    assert names(published.StopNCIISignalType) >= V1_TYPES


def test_every_endpoint_of_the_published_client_is_served() -> None:
    paths = {path for _, path in HANDLERS}

    assert {f"/v1/{name}" for name in names(published.StopNCIIEndpoint)} <= paths


@pytest.mark.parametrize("digits", [13, 50, 5_000])
def test_a_page_size_of_any_length_is_clamped(edge: Edge, digits: int) -> None:
    assert fetch(edge, pageSize="9" * digits).json["count"] == 5


@pytest.mark.parametrize("size", ["-" + "9" * 20, "9" * 20 + ".5", "\uff19" * 20, "9e20", "00"])
def test_a_page_size_that_is_no_number_is_refused_at_any_length(edge: Edge, size: str) -> None:
    assert (fetch(edge, pageSize=size).status, fetch(edge, pageSize=size).problem) == (
        400,
        "bad-parameter",
    )


def test_a_token_from_before_a_deploy_goes_on_where_it_stood(
    edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = fetch(edge, pageSize=2).json["nextPageToken"]
    before = fetch(edge, pageSize=2, nextPageToken=token).json["hashRecords"]
    handler = HANDLERS["GET", "/v1/FetchHashes"]
    deployed = edge.world.app_for(handler, "after the deploy")
    monkeypatch.setitem(edge.world.apps, (handler, ""), deployed)

    assert fetch(edge, pageSize=2, nextPageToken=token).json["hashRecords"] == before


@pytest.mark.usefixtures("others")
def test_the_same_case_looks_different_to_every_partner_and_in_every_hash(edge: Edge) -> None:
    def numbers(partner: str) -> list[str]:
        return [
            number
            for record in fetch(edge, partner).json["hashRecords"]
            for number in record["caseNumbers"]
        ]

    mine, others = numbers("example-social"), numbers("another")
    assert len({*mine, *others}) == len(mine) + len(others) == 8
    assert numbers("example-social") == mine


@pytest.mark.parametrize("endpoint", ["SubmitHashes", "SubmitFeedback"])
@pytest.mark.parametrize(
    "items", [[], [{"signalType": "?", "hashValue": "?", "feedbackValue": "?"}]]
)
def test_every_post_is_answered_with_200_and_json(
    edge: Edge, endpoint: str, items: list[dict[str, Any]]
) -> None:
    reply = submit(edge, endpoint, *items)

    assert (reply.status, reply.headers["content-type"]) == (200, "application/json")
    assert reply.json["count"] == len(reply.json["results"]) == len(items)


LONG = "x" * 10_000


@pytest.mark.parametrize(
    "item",
    [
        {"hashValue": pdq(1), "feedbackValue": LONG},
        {"hashValue": pdq(1), "feedbackValue": "Blocked", "tags": [LONG]},
        {"hashValue": pdq(1), "feedbackValue": "Blocked", "tags": ["\x07"]},
        {"hashValue": pdq(1), "feedbackValue": "FeedbackValue.Blocked"},
    ],
)
def test_bad_feedback_is_refused_alone_however_long(edge: Edge, item: dict[str, Any]) -> None:
    good = {"hashValue": pdq(2), "feedbackValue": "Blocked", "tags": []}

    assert outcomes(submit(edge, "SubmitFeedback", item, good)) == ["invalid", "stored"]


def test_feedback_about_what_can_be_no_hash_is_ignored_alone(edge: Edge) -> None:
    long = {"hashValue": LONG, "feedbackValue": "Blocked"}
    good = {"hashValue": pdq(2), "feedbackValue": "Blocked"}

    assert outcomes(submit(edge, "SubmitFeedback", long, good)) == ["ignored", "stored"]


@pytest.mark.parametrize(
    "change",
    [
        {"signalType": LONG},
        {"hashValue": LONG},
        {"CSPFeedbacks": [{"feedbackValue": LONG}]},
        {"CSPFeedbacks": [{"feedbackValue": "Blocked"}] * 2},
    ],
)
def test_a_bad_hash_is_refused_alone_however_long(edge: Edge, change: dict[str, Any]) -> None:
    good = {"signalType": "ImagePDQ", "hashValue": pdq(2)}

    told = outcomes(submit(edge, "SubmitHashes", good | change, good))
    assert told == ["invalid", "stored"]


@pytest.mark.parametrize("tags", [["b", "a", "c"], ["c", "b", "a"], ["a", "b", "c", "a"]])
def test_tags_come_in_any_order_and_are_shown_in_one(edge: Edge, tags: list[str]) -> None:
    said = {"hashValue": pdq(3), "feedbackValue": "Blocked", "tags": tags}
    assert outcomes(submit(edge, "SubmitFeedback", said)) == ["stored"]
    sequence(edge.world.app_for(SEQUENCER))

    [record] = [one for one in fetch(edge).json["hashRecords"] if one["hashValue"] == pdq(3)]
    assert json.dumps(record["CSPFeedbacks"][0]["tags"]) == '["a", "b", "c"]'
