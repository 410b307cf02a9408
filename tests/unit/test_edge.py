"""The edge: what is let in, what is kept out, and what everybody is told alike."""

import json
import os
from typing import Any

import pytest

from functions.shared.app import App, app
from tests.edge import HANDLERS, Edge
from tests.faults import record_calls
from tests.people import NUMBER, OTHER_NUMBER, PIN, new_case, pdq
from tests.world import World

CREDENTIALS = {"number": NUMBER, "pin": PIN}
OWNERS = ("/cases/status", "/cases/withdraw")


def signal(value: str) -> dict[str, Any]:
    return {"type": "ImagePDQ", "value": value, "quality": 100}


def case(*values: str, **fields: Any) -> dict[str, Any]:
    """Return a case of these hashes, as a browser sends it."""
    signals = [signal(value) for value in values or (pdq(0),)]
    return {**CREDENTIALS, "total": len(signals), "offset": 0, "signals": signals, **fields}


def test_a_case_is_created(edge: Edge) -> None:
    reply = edge.post("/cases", case())

    assert (reply.status, reply.headers["content-type"]) == (201, "application/json")
    assert reply.json == {"status": "Active", "received": 1, "total": 1}


def test_hex_digits_in_capitals_are_the_same_hash(edge: Edge) -> None:
    first = edge.post("/cases", case(pdq(0)))
    again = edge.post("/cases", case(pdq(0).upper()))

    assert (again.status, again.text) == (first.status, first.text)
    stored = [item["value"]["S"] for item in edge.world.items("bank") if "value" in item]
    assert stored == [pdq(0)]


@pytest.mark.parametrize("quality", [50, 100])
def test_qualities_at_the_limits_are_accepted(edge: Edge, quality: int) -> None:
    reply = edge.post("/cases", case(signals=[signal(pdq(0)) | {"quality": quality}]))

    assert reply.status == 201


def test_a_hash_listed_twice_in_two_spellings_makes_one_link(edge: Edge) -> None:
    reply = edge.post("/cases", case(pdq(0), pdq(0).upper(), pdq(1)))

    assert reply.json["received"] == 3
    assert edge.post("/cases/status", CREDENTIALS).json["signals"] == 2


@pytest.mark.parametrize("path", OWNERS)
def test_a_number_may_be_typed_as_people_type(edge: Edge, path: str) -> None:
    edge.post("/cases", case(number=NUMBER))
    groups = "-".join(NUMBER[place : place + 4] for place in range(0, 20, 4)).lower()
    typed = {"number": f" {groups} ".replace("1", "l").replace("0", "o"), "pin": "4071 8263"}

    assert edge.post(path, typed).status == 200


def test_a_replayed_chunk_gets_the_same_answer(edge: Edge) -> None:
    first = edge.post("/cases", case(pdq(0), total=2))
    second = edge.post("/cases", case(pdq(1), total=2, offset=1))

    assert edge.post("/cases", case(pdq(1), total=2, offset=1)).text == second.text
    assert edge.post("/cases", case(pdq(0), total=2)).json["received"] == 2
    assert first.json["received"] == 1


def test_a_media_type_in_capitals_is_still_json(edge: Edge) -> None:
    assert edge.post("/cases", case(), headers={"content-type": "Application/JSON"}).status == 201


def test_a_taken_number_a_withdrawn_case_and_another_body_are_told_apart(edge: Edge) -> None:
    edge.post("/cases", case(total=2))

    taken = edge.post("/cases", case(pin="11111111"))
    other = edge.post("/cases", case(pdq(5), total=2))
    edge.post("/cases/withdraw", CREDENTIALS)
    withdrawn = edge.post("/cases", case(pdq(1), total=2, offset=1))

    assert (taken.status, taken.problem) == (409, "number-taken")
    assert (other.status, other.problem) == (422, "different-body")
    assert (withdrawn.status, withdrawn.problem) == (409, "case-withdrawn")


WRONG = [
    {"number": OTHER_NUMBER},
    {"pin": "00000000"},
    {"pin": ""},
    {"pin": "4071826"},
    {"pin": "407182630"},
    {"pin": "4071826a"},
    {"pin": "\uff14\uff10\uff17\uff11\uff18\uff12\uff16\uff13"},
    {"pin": "4071826\0"},
    {"pin": "x" * 64},
    {"number": OTHER_NUMBER, "pin": ""},
]


@pytest.mark.parametrize("path", OWNERS)
def test_whatever_is_wrong_gets_the_same_answer_for_the_same_work(edge: Edge, path: str) -> None:
    edge.post("/cases", case())
    owner = edge.world.app_for(HANDLERS["POST", path])
    told = set()
    for change in WRONG:
        calls = record_calls(owner.mac.client), record_calls(owner.store.client)
        reply = edge.post(path, CREDENTIALS | change)
        told.add((reply.status, reply.problem, reply.text, str(reply.headers), str(calls)))

    [(status, problem, _, _, work)] = told
    assert (status, problem) == (401, "unknown-case")
    assert work == "(['GenerateMac', 'GenerateMac'], ['GetItem'])"


def test_a_case_that_is_found_begins_with_the_same_work_as_one_that_is_not(edge: Edge) -> None:
    edge.post("/cases", case())
    owner = edge.world.app_for("status.handler")
    macs, reads = record_calls(owner.mac.client), record_calls(owner.store.client)
    edge.post("/cases/status", CREDENTIALS)

    assert (macs, reads[:1]) == (["GenerateMac", "GenerateMac"], ["GetItem"])


@pytest.mark.parametrize("path", OWNERS)
def test_an_address_that_somebody_claims_changes_nothing(edge: Edge, path: str) -> None:
    edge.post("/cases", case())
    claimed = {"x-forwarded-for": "203.0.113.9, 10.0.0.1", "forwarded": "for=10.0.0.1"}

    plain, spoofed = (
        edge.post(path, CREDENTIALS | {"pin": "00000000"}, headers=sent) for sent in ({}, claimed)
    )
    assert plain == spoofed


def test_an_unexpected_fault_says_nothing_of_itself(edge: Edge) -> None:
    broken = dict(edge.world.env)
    del edge.world.env["MAC_KEY"]
    reply = edge.post("/cases/status", CREDENTIALS)
    edge.world.env.update(broken)

    assert (reply.status, reply.problem) == (500, "unexpected")
    assert reply.json.keys() == {"type", "title", "status"}


def test_a_function_without_its_rights_is_a_fault_and_not_a_leak(edge: Edge) -> None:
    edge.world.apps["status.handler", ""] = edge.world.app_for("partner_sync.submit_hashes")
    reply = edge.post("/cases/status", CREDENTIALS)

    assert (reply.status, reply.problem) == (500, "unexpected")
    assert "dynamodb" not in reply.text


def test_an_app_is_made_from_the_environment_once_and_works(
    somewhere: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in somewhere.env.items():
        monkeypatch.setenv(name, value)
    app.cache_clear()
    made = app()
    app.cache_clear()

    assert isinstance(made, App)
    assert made.env is os.environ
    assert made.kdf.tag == "argon2id-65536-3-1"
    assert made.store.cases.get("no such case") is None
    assert len(made.mac("purpose", b"message")) == 32
    assert len({made.new_id() for _ in range(100)}) == 100
    made.announce(json.dumps({}), "ImagePDQ")


def test_the_page_sees_what_new_case_describes() -> None:
    assert new_case().model_dump(exclude_none=True) == case(pdq(0))
