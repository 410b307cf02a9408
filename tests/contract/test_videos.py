"""Hashes of videos, over the published library: those that it knows, and those that it does not."""

import hashlib
import secrets
from typing import Any

import httpx
import pytest
from threatexchange.exchanges.clients.stopncii.api import (
    StopNCIIAPI,
    StopNCIICSPFeedbackValue,
    StopNCIIHashRecord,
    StopNCIISignalType,
)

from local.system import System
from tests.eventually import eventually
from tests.people import pdq
from tests.person import Person

MD5 = StopNCIISignalType.VideoMD5


def new_md5() -> str:
    return secrets.token_hex(16)


def md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def fetched(client: StopNCIIAPI) -> dict[str, StopNCIIHashRecord]:
    pages = client.fetch_hashes_iter()
    return {record.hashValue: record for page in pages for record in page.hashRecords}


def test_a_persons_video_reaches_a_client_and_its_answer_reaches_the_person(
    client: StopNCIIAPI, person: Person
) -> None:
    value = new_md5()
    person.report_all([{"type": "VideoMD5", "value": value}])
    feed = eventually(lambda: fetched(client), lambda feed: value in feed)
    assert feed[value].signalType is MD5

    client.submit_feedback(MD5, value, StopNCIICSPFeedbackValue.Blocked)

    assert person.states() == {"removed": 1}


def test_a_client_may_submit_a_video(client: StopNCIIAPI) -> None:
    value = new_md5()
    client.submit_hash(MD5, value, {"found"})

    feed = eventually(lambda: fetched(client), lambda feed: value in feed)
    assert feed[value].signalType is MD5


@pytest.fixture
def frame() -> str:
    return pdq(secrets.randbits(64))


def test_a_client_that_did_not_ask_for_frames_never_sees_one_and_misses_nothing(
    client: StopNCIIAPI, person: Person, frame: str
) -> None:
    before, after = pdq(secrets.randbits(64)), new_md5()
    person.report_all(
        [
            {"type": "ImagePDQ", "value": before, "quality": 100},
            {"type": "VideoPDQ", "value": frame, "quality": 100},
            {"type": "VideoMD5", "value": after},
        ]
    )

    feed = eventually(lambda: fetched(client), lambda feed: {before, after} <= set(feed))
    assert frame not in feed
    [company] = person.status()["companies"]
    assert (sum(company["states"].values()), company["not_taken"]) == (2, 1)


def test_a_still_picture_that_equals_a_frame_is_answered_once_for_both(
    client: StopNCIIAPI, person: Person, frame: str
) -> None:
    both = [{"type": one, "value": frame, "quality": 100} for one in ("ImagePDQ", "VideoPDQ")]
    person.report_all(both)
    eventually(lambda: fetched(client), lambda feed: frame in feed)

    client.submit_feedback(StopNCIISignalType.ImagePDQ, frame, StopNCIICSPFeedbackValue.Blocked)

    assert person.states() == {"removed": 1}


def test_a_video_goes_all_the_way_round_through_example_social(
    system: System, person: Person
) -> None:
    video = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + secrets.token_bytes(1024)
    person.report_all([{"type": "VideoMD5", "value": md5(video)}])

    def held() -> str:
        answer = social("/upload", files={"picture": ("x.mp4", video)}).json()
        return str(answer["post"]) if answer["outcome"] == "blocked" else ""

    def social(path: str, **sent: Any) -> httpx.Response:
        accept = {"Accept": "application/json"}
        answer = httpx.post(f"{system.social}{path}", headers=accept, timeout=30, **sent)
        return answer.raise_for_status()

    social(f"/review/{eventually(held)}", data={"verdict": "Blocked"})
    eventually(person.states, lambda states: states == {"removed": 1})

    person.withdraw()
    eventually(person.states, lambda states: states == {"withdrawal_confirmed": 1})
