"""Hashes of video files, from the person and from partners, in every way that they come in."""

from typing import Any

import pytest

from tests.edge import Edge
from tests.hashes import signal
from tests.people import NUMBER, PIN, pdq

CREDENTIALS = {"number": NUMBER, "pin": PIN}
VIDEO = "e1faffb3e614e6c2fba74296962386b7"
OF_NOTHING = "d41d8cd98f00b204e9800998ecf8427e"


def case(**said: Any) -> dict[str, Any]:
    """Return a case of one video, with more said of it."""
    signals = [{"type": "VideoMD5", "value": VIDEO} | said]
    return CREDENTIALS | {"total": 1, "offset": 0, "signals": signals}


def submit(edge: Edge, spelling: str, value: str) -> str:
    items = [{"signalType": spelling, "hashValue": value, "CSPFeedbacks": []}]
    body = {"count": 1, "hashRecords": items}
    reply = edge.post("/v1/SubmitHashes", body, headers=edge.keys("SubmitHashes"))
    return str(reply.json["results"][0]["result"])


def stored(edge: Edge) -> list[tuple[str, str]]:
    items = [item for item in edge.world.items("bank") if "value" in item]
    return [(item["type"]["S"], item["value"]["S"]) for item in items]


def test_a_case_of_a_video_is_stored(edge: Edge) -> None:
    assert edge.post("/cases", case(value=VIDEO.upper())).status == 201
    assert stored(edge) == [("VideoMD5", VIDEO)]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"variant": "upright"}, "variant"),
        ({"reduced": True}, "reduced"),
        ({"quality": 100}, "quality"),
        ({"value": pdq(0)}, "value"),
    ],
)
def test_what_is_said_of_pictures_is_refused_of_a_file(
    edge: Edge, said: dict[str, Any], field: str
) -> None:
    reply = edge.post("/cases", case(**said))

    assert (reply.status, reply.problem) == (422, "invalid-request")
    assert reply.json["field"] == field


def test_the_hash_of_an_empty_file_is_refused_whoever_brings_it(edge: Edge) -> None:
    reply = edge.post("/cases", case(value=OF_NOTHING))

    assert (reply.status, reply.problem) == (422, "low-information")
    assert submit(edge, "VideoMD5", OF_NOTHING) == "invalid"
    assert stored(edge) == []


@pytest.mark.parametrize("spelling", ["VideoMD5", "StopNCIISignalType.VideoMD5"])
def test_a_partner_may_spell_the_type_in_both_ways(edge: Edge, spelling: str) -> None:
    assert submit(edge, spelling, VIDEO) == "stored"
    assert stored(edge) == [("VideoMD5", VIDEO)]


@pytest.mark.parametrize("spelling", [VIDEO, f" {VIDEO.upper()}\n"])
def test_an_answer_finds_a_video_by_its_value(edge: Edge, spelling: str) -> None:
    edge.post("/cases", case())
    items = [{"hashValue": spelling, "feedbackValue": "Blocked", "tags": []}]
    body = {"count": 1, "hashFeedbacks": items}
    reply = edge.post("/v1/SubmitFeedback", body, headers=edge.keys("SubmitFeedback"))

    assert [one["result"] for one in reply.json["results"]] == ["stored"]
    [company] = edge.post("/cases/status", CREDENTIALS).json["companies"]
    assert (company["states"]["removed"], company["not_taken"]) == (1, 0)


def test_a_picture_and_a_video_in_one_case_are_two_hashes(edge: Edge) -> None:
    picture = {"type": "ImagePDQ", "value": signal(0).value, "quality": 100}
    video = {"type": "VideoMD5", "value": VIDEO}
    reply = edge.post(
        "/cases", CREDENTIALS | {"total": 2, "offset": 0, "signals": [picture, video]}
    )

    assert reply.json["received"] == 2
    assert sorted(stored(edge)) == [("ImagePDQ", pdq(0)), ("VideoMD5", VIDEO)]
