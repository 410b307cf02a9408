"""What no redirect, no packing and no spelling of an address may do to a partner's requests."""

import gzip
import json
import secrets
from typing import Any

import httpx
import pytest
from threatexchange.exchanges.clients.stopncii.api import (
    StopNCIIAPI,
    StopNCIICSPFeedback,
    StopNCIICSPFeedbackValue,
    StopNCIISignalType,
)

from local.system import System
from tests.contract.conftest import PARTNER, client_of
from tests.eventually import eventually
from tests.people import pdq
from tests.person import Person

FETCH = {"startTimestamp": 10, "pageSize": 1}


def ask(system: System, method: str, path: str, **sent: Any) -> httpx.Response:
    """Ask as a partner, without following anything."""
    endpoint = path.rstrip("/").rpartition("/")[2]
    own = system.partners[PARTNER].keys
    known = endpoint if endpoint in own.function_keys else "FetchHashes"
    headers = own.headers(known) | sent.pop("headers", {})
    return httpx.request(method, system.page + path, headers=headers, timeout=30, **sent)


@pytest.mark.parametrize(
    "path",
    [
        "/v1/FetchHashes",
        "/v1//FetchHashes",
        "//v1///FetchHashes",
        "/v1/FetchHashes/",
        "/v1/fetchhashes",
        "/V1/FetchHashes",
        "/v1",
        "/v1/",
        "//",
    ],
)
def test_no_address_is_ever_answered_with_a_redirect(system: System, path: str) -> None:
    answer = ask(system, "GET", path, params=FETCH)

    assert not 300 <= answer.status_code < 400
    assert "location" not in answer.headers


@pytest.mark.parametrize("path", ["/v1//FetchHashes", "/v1///FetchHashes"])
def test_slashes_too_many_are_served(system: System, path: str) -> None:
    assert ask(system, "GET", path, params=FETCH).json()["count"] <= 1


@pytest.mark.parametrize("endpoint", ["SubmitHashes", "SubmitFeedback"])
def test_a_slash_too_many_is_served_for_posts_too(system: System, endpoint: str) -> None:
    client = client_of(system, suffix="/v1/")

    if endpoint == "SubmitHashes":
        client.submit_hash(StopNCIISignalType.ImagePDQ, pdq(secrets.randbits(64)))
    else:
        client.submit_feedback(
            StopNCIISignalType.ImagePDQ,
            pdq(secrets.randbits(64)),
            StopNCIICSPFeedbackValue.Blocked,
        )


def test_a_bomb_is_told_to_be_too_large(system: System) -> None:
    answer = ask(
        system,
        "POST",
        "/v1/SubmitFeedback",
        content=gzip.compress(b" " * 10_000_000),
        headers={"Content-Type": "application/json", "Content-Encoding": "gzip"},
    )

    assert answer.status_code == 413
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_value_from_a_file_with_its_newline_is_understood(
    client: StopNCIIAPI, person: Person
) -> None:
    value = pdq(secrets.randbits(64))
    person.report(value)

    client.submit_feedback(
        StopNCIISignalType.ImagePDQ, f"{value.upper()}\n", StopNCIICSPFeedbackValue.Blocked
    )

    assert person.states() == {"removed": 1}


def test_a_list_with_a_bad_item_is_taken_but_for_that_item(system: System, person: Person) -> None:
    good, bad = (pdq(secrets.randbits(64)) for _ in range(2))
    person.report(good, bad)
    items = [
        {"hashValue": bad, "feedbackValue": "Removed", "tags": []},
        {"hashValue": good, "feedbackValue": "Blocked", "tags": []},
    ]
    answer = ask(system, "POST", "/v1/SubmitFeedback", json={"count": 2, "hashFeedbacks": items})

    assert [one["result"] for one in answer.json()["results"]] == ["invalid", "stored"]
    assert person.states()["removed"] == 1


def test_many_answers_at_once_reach_the_feed_each_under_the_partners_name(
    client: StopNCIIAPI, person: Person
) -> None:
    hashes = [pdq(secrets.randbits(64)) for _ in range(40)]
    person.report(*hashes)
    said = StopNCIICSPFeedback(StopNCIICSPFeedbackValue.NotBlocked, {"x", "y", "z"}, "not-me")

    client.submit_feedbacks({(StopNCIISignalType.ImagePDQ, value): said for value in hashes})

    def answered() -> dict[str, Any]:
        pages = client.fetch_hashes_iter()
        return {
            record.hashValue: record.CSPFeedbacks[0]
            for page in pages
            for record in page.hashRecords
            if record.CSPFeedbacks
        }

    feed = eventually(answered, lambda seen: seen.keys() >= set(hashes))
    assert {feed[value].source for value in hashes} == {PARTNER}
    assert all(feed[value].tags == {"x", "y", "z"} for value in hashes)


def test_the_body_of_every_answer_to_a_post_is_json(system: System) -> None:
    for endpoint, name in (("SubmitHashes", "hashRecords"), ("SubmitFeedback", "hashFeedbacks")):
        answer = ask(system, "POST", f"/v1/{endpoint}", json={"count": 0, name: []})

        assert answer.status_code == 200
        assert json.loads(answer.content)["results"] == []
