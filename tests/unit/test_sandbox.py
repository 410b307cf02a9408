"""The sandbox: everything a partner does, over dummies, with the tables out of reach."""

import hashlib
import itertools
import json
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import pdqhash
import pytest
from PIL import Image, ImageChops

from functions.shared import sandbox
from functions.shared.app import App
from functions.shared.errors import BadParameter
from functions.shared.log import Segment
from functions.shared.page_tokens import PageTokens
from functions.shared.partners import SANDBOX, SUBSCRIPTION, partners
from functions.shared.signals import SIGNAL_TYPES, parse
from infrastructure.routes import ENDPOINTS, Grants
from tests.edge import HANDLERS, Edge, Reply
from tests.people import pdq
from tests.rights import connect_with
from tests.sandbox_pictures import FOLDER, NAMES, picture
from tests.world import CHEAP, World, world

WRITTEN: dict[str, Any] = json.loads((FOLDER.parent / "sandbox.json").read_text())
HASHES: list[dict[str, Any]] = WRITTEN["hashes"]
FIRST, LATER = WRITTEN["published"], WRITTEN["changed"]
VALUES = {one["id"].removeprefix("sandbox-"): one["value"] for one in HASHES}


@pytest.fixture(scope="module")
def edge() -> Iterator[Edge]:
    """Return the edge of a world whose functions may do nothing to any table."""
    with world() as made, pytest.MonkeyPatch.context() as patch:
        for handler in HANDLERS.values():
            connect = connect_with(Grants(mac=True), {})
            made.apps[handler, ""] = App(made.env, connect, clock=_clock(made), kdf=CHEAP)
        yield Edge(made, patch)


def _clock(somewhere: World) -> Any:
    return lambda: somewhere.now


def keys(endpoint: str) -> dict[str, str]:
    published: Mapping[str, str] = WRITTEN["keys"]
    return {
        "Ocp-Apim-Subscription-Key": published[SUBSCRIPTION],
        "x-functions-key": published[endpoint],
    }


def fetch(edge: Edge, **query: Any) -> Reply:
    return edge.get("/v1/FetchHashes", query, headers=keys("FetchHashes"))


def records(edge: Edge, start: int) -> dict[str, Any]:
    page = fetch(edge, startTimestamp=start).json
    assert page["hasMoreRecords"] is False
    return {record["hashValue"]: record for record in page["hashRecords"]}


def submit(edge: Edge, endpoint: str, items: list[dict[str, Any]], count: int | None = None) -> Any:
    name = {"SubmitHashes": "hashRecords", "SubmitFeedback": "hashFeedbacks"}[endpoint]
    body = {"count": len(items) if count is None else count, name: items}
    return edge.post(f"/v1/{endpoint}", body, headers=keys(endpoint))


def outcomes(reply: Reply) -> list[str]:
    assert reply.status == 200
    return [one["result"] for one in reply.json["results"]]


def test_a_full_fetch_brings_every_dummy_but_the_withdrawn_one(edge: Edge) -> None:
    feed = records(edge, 10)

    assert set(feed) == set(VALUES.values()) - {VALUES["withdrawn"]}
    assert {record["hashStatus"] for record in feed.values()} == {"Active"}
    kinds = [record["signalType"] for record in feed.values()]
    assert (kinds.count("ImagePDQ"), kinds.count("VideoMD5")) == (6, 2)
    assert {record["lastModtimestamp"] for record in feed.values()} == {FIRST, LATER}


@pytest.mark.parametrize("start", [FIRST, FIRST + 1, LATER])
def test_who_may_know_the_withdrawn_one_is_told_that_it_is_withdrawn(
    edge: Edge, start: int
) -> None:
    told = records(edge, start)[VALUES["withdrawn"]]

    assert (told["hashStatus"], told["lastModtimestamp"]) == ("Withdrawn", LATER)
    assert list(told["caseNumbers"].values()) == ["Withdrawn"]


def test_who_has_everything_stays_there(edge: Edge) -> None:
    page = fetch(edge, startTimestamp=LATER + 1).json

    assert (page["count"], page["nextSetTimestamp"]) == (0, LATER + 1)


@pytest.mark.parametrize("size", [1, 2, 3, 8])
def test_pages_have_real_tokens_and_add_up(edge: Edge, size: int) -> None:
    page = fetch(edge, startTimestamp=10, pageSize=size).json
    seen = [record["hashValue"] for record in page["hashRecords"]]
    while page["hasMoreRecords"]:
        token = page["nextPageToken"]
        page = fetch(edge, startTimestamp=10, pageSize=size, nextPageToken=token).json
        seen += [record["hashValue"] for record in page["hashRecords"]]
        assert fetch(edge, startTimestamp=11, nextPageToken=token).problem == "bad-parameter"

    assert set(seen) == set(VALUES.values()) - {VALUES["withdrawn"]}
    assert page["nextSetTimestamp"] == LATER


@pytest.mark.parametrize(
    "query",
    [
        {"startTimestamp": -1},
        {"startTimestamp": "1e20"},
        {"startTimestamp": 9 * 10**11},
        {"startTimestamp": 10, "pageSize": 0},
        {"startTimestamp": 10, "nextPageToken": "forged"},
    ],
)
def test_a_bad_parameter_is_refused_as_everywhere(edge: Edge, query: dict[str, Any]) -> None:
    assert (fetch(edge, **query).status, fetch(edge, **query).problem) == (400, "bad-parameter")


def test_one_dummy_is_disputed_by_platforms_and_no_other_is(edge: Edge) -> None:
    feed = records(edge, 10)

    assert [value for value, record in feed.items() if record.get("disputed")] == [VALUES["beams"]]
    assert len(feed[VALUES["beams"]]["CSPFeedbacks"]) == WRITTEN["disputed_after"]


def test_it_shows_feedback_and_pseudonyms_as_the_bank_does(edge: Edge) -> None:
    feed = records(edge, 10)

    assert feed[VALUES["rings"]]["CSPFeedbacks"] == [
        {"feedbackValue": "Blocked", "tags": ["dummy"], "source": "dummy-platform-a"}
    ]
    numbers = [number for record in feed.values() for number in record["caseNumbers"]]
    assert len(set(numbers)) == len(feed)
    assert not any("sandbox" in number for number in numbers)


def test_feedback_is_looked_at_item_by_item_and_stored_nowhere(edge: Edge) -> None:
    before = records(edge, 10)
    items = [
        {"hashValue": f" {VALUES['discs'].upper()}\n", "feedbackValue": "Blocked", "tags": ["a"]},
        {"hashValue": pdq(0), "feedbackValue": "Blocked", "tags": []},
        {"hashValue": VALUES["tiles"], "feedbackValue": "Removed", "tags": []},
        {"hashValue": VALUES["tiles"], "feedbackValue": "None", "tags": ["\0"]},
        {"hashValue": VALUES["withdrawn"], "feedbackValue": "Withdrawn", "tags": []},
    ]

    told = outcomes(submit(edge, "SubmitFeedback", items))

    assert told == ["stored", "ignored", "invalid", "invalid", "stored"]
    assert records(edge, 10) == before


def test_hashes_are_looked_at_item_by_item_and_stored_nowhere(edge: Edge) -> None:
    before = records(edge, 10)
    items = [
        {"signalType": "StopNCIISignalType.ImagePDQ", "hashValue": pdq(0)},
        {"signalType": "ImagePDQ", "hashValue": VALUES["rings"]},
        {"signalType": "ImagePDQ", "hashValue": "0" * 64},
        {"signalType": "Unheard", "hashValue": pdq(0)},
    ]

    assert outcomes(submit(edge, "SubmitHashes", items)) == ["stored"] * 2 + ["invalid"] * 2
    assert records(edge, 10) == before


def test_nothing_waits_to_be_delivered_in_it_and_nothing_is_replayed(edge: Edge) -> None:
    kept = edge.get("/v1/deliveries", headers=keys("Deliveries"))
    assert (kept.status, kept.json["count"], kept.json["deliveries"]) == (200, 0, [])

    asked = {"state": "parked"}
    replayed = edge.post("/v1/deliveries/replay", asked, headers=keys("ReplayDeliveries"))
    assert (replayed.status, replayed.json["count"]) == (200, 0)


@pytest.mark.parametrize("endpoint", ["SubmitHashes", "SubmitFeedback"])
def test_a_list_of_another_length_than_it_says_is_refused(edge: Edge, endpoint: str) -> None:
    assert submit(edge, endpoint, [], count=1).problem == "invalid-request"


def test_its_keys_are_checked_as_all_keys_are(edge: Edge) -> None:
    swapped = edge.get("/v1/FetchHashes", {"startTimestamp": 10}, headers=keys("SubmitHashes"))
    assert swapped.problem == "wrong-endpoint-key"
    for wrong in ("guess", WRITTEN["keys"][SUBSCRIPTION]):
        sent = keys("FetchHashes") | {"x-functions-key": wrong}
        assert edge.get("/v1/FetchHashes", {"startTimestamp": 10}, headers=sent).status == 401


def test_a_token_of_the_sandbox_opens_nothing_of_the_bank(edge: Edge) -> None:
    token = fetch(edge, startTimestamp=10, pageSize=1).json["nextPageToken"]
    app = edge.world.app_for(HANDLERS["GET", "/v1/FetchHashes"])
    tokens = PageTokens(app.mac.derived_key("page tokens"), "example-social")

    with pytest.raises(BadParameter):
        tokens.open(token, 10, app.now())


def test_there_is_a_key_for_every_endpoint_that_nobody_takes_for_a_secret() -> None:
    published: dict[str, str] = WRITTEN["keys"]

    assert set(published) >= {SUBSCRIPTION, *ENDPOINTS}
    assert all(key.startswith("sandbox-") for key in published.values())
    assert len(set(published.values())) == len(published)
    assert SANDBOX not in {partner.id for partner in partners()}


def test_its_log_is_one_that_a_sequencer_could_have_written() -> None:
    segments = list(sandbox.LOG.segments(1, sandbox.LOG.tail().number))

    assert [one.number for one in segments] == [1, 2]
    assert [one.ts for one in segments] == [FIRST, LATER]
    seen = [change for one in segments for change in one.changes]
    for body in sandbox.LOG.bodies.values():
        versions = [version for hash_id, version in seen if hash_id == body.id]
        assert versions == list(range(1, body.version + 1))
    assert _first_mentions(segments[0]) == set(sandbox.LOG.bodies)


def _first_mentions(segment: Segment) -> set[str]:
    return set(segment.first_versions)


@pytest.mark.parametrize("entry", HASHES, ids=[one["id"] for one in HASHES])
def test_each_dummy_is_a_hash_that_anybody_might_send(entry: dict[str, Any]) -> None:
    assert parse(entry["type"], entry["value"]).value == entry["value"]
    assert SIGNAL_TYPES[entry["type"]]["v1"]


@pytest.mark.parametrize("name", NAMES)
def test_each_picture_has_its_dummy_hash_and_is_what_its_rule_draws(name: str) -> None:
    file = FOLDER / f"{name}.png"
    drawn = Image.open(file).convert("RGB")
    vector, quality = pdqhash.compute(np.asarray(drawn))

    assert file.stat().st_size <= 10_240
    assert quality >= 50
    assert f"{int(''.join(map(str, vector)), 2):064x}" == VALUES[name]
    assert ImageChops.difference(drawn, picture(name)).getbbox() is None


def test_no_dummy_picture_matches_another() -> None:
    apart = SIGNAL_TYPES["ImagePDQ"]["match_distance"]
    values = [int(VALUES[name], 16) for name in NAMES]

    assert all((a ^ b).bit_count() > 2 * apart for a, b in itertools.combinations(values, 2))


def test_each_video_hash_is_of_a_file_that_is_there() -> None:
    for entry in HASHES:
        if entry["type"] == "VideoMD5":
            file = FOLDER.parents[1] / entry["made_from"]
            told = hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()
            assert told == entry["value"]
