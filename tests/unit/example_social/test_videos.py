"""Videos through the site: found by the hash of all their bytes, judged as pictures are."""

import hashlib
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from partner_kit.example_social import pictures
from partner_kit.example_social.database import Database
from partner_kit.example_social.posts import find
from tests.unit.example_social.bank_server import Bank
from tests.unit.example_social.conftest import Link

JSON = {"Accept": "application/json"}

MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + bytes(range(256))
WEBM = b"\x1a\x45\xdf\xa3" + bytes(range(256))
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(range(256))


FORMER_SCHEMA = """
CREATE TABLE post (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    caption TEXT NOT NULL,
    pdq TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX post_by_pdq ON post (pdq);
INSERT INTO post (id, caption, pdq, state, created_at)
VALUES ('old', '', 'd8f8f0', 'published', 1);
"""


def md5(data: bytes) -> str:
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


def post(browser: TestClient, data: bytes) -> dict[str, Any]:
    answer = browser.post("/upload", files={"picture": ("x", data)}, headers=JSON)
    assert answer.status_code == 200
    return dict(answer.json())


def judge(browser: TestClient, held: str, verdict: str) -> None:
    assert browser.post(f"/review/{held}", data={"verdict": verdict}, headers=JSON).is_success


@pytest.fixture
def registered(bank: Bank, link: Link) -> str:
    """Somebody registered the video, and we have heard of it."""
    bank.say(md5(MP4), 100, kind="VideoMD5")
    link.fetch()
    return md5(MP4)


@pytest.mark.parametrize(("data", "kind"), [(MP4, "video/mp4"), (WEBM, "video/webm")])
def test_a_video_that_nobody_registered_is_published_and_played(
    browser: TestClient, data: bytes, kind: str
) -> None:
    made = post(browser, data)

    assert made["outcome"] == "published"
    assert "<video" in browser.get("/").text
    shown = browser.get(f"/pictures/{made['post']}")
    assert (shown.headers["content-type"], shown.content) == (kind, data)
    assert "media-src 'self'" in shown.headers["content-security-policy"]


@pytest.mark.usefixtures("registered")
def test_the_same_file_is_held_for_the_reviewer_alone(browser: TestClient) -> None:
    made = post(browser, MP4)

    assert made["outcome"] == "blocked"
    assert browser.get(f"/pictures/{made['post']}").status_code == 404
    assert browser.get(f"/review/{made['post']}/picture").content == MP4
    assert "byte for byte" in browser.get("/review").text


@pytest.mark.usefixtures("registered")
def test_another_file_passes(browser: TestClient) -> None:
    assert post(browser, MP4 + b"\0")["outcome"] == "published"


def test_the_bank_hears_what_a_reviewer_decides_and_copies_are_blocked_at_once(
    browser: TestClient, bank: Bank, link: Link, registered: str
) -> None:
    judge(browser, post(browser, MP4)["post"], "Blocked")
    again = post(browser, MP4)
    link.send()

    assert again["outcome"] == "blocked"
    assert browser.get("/api/status").json()["in_review"] == 0
    assert bank.answers_on(registered) == ["PendingReview", "Blocked"]
    assert list(link.platform.pictures.iterdir()) == []


def test_a_video_that_was_cleared_is_published_and_passes_from_then_on(
    browser: TestClient, bank: Bank, link: Link, registered: str
) -> None:
    judge(browser, post(browser, MP4)["post"], "NotBlocked")
    link.send()

    assert post(browser, MP4)["outcome"] == "published"
    assert bank.answers_on(registered) == ["PendingReview", "NotBlocked"]


def test_after_a_withdrawal_the_video_passes(
    browser: TestClient, bank: Bank, link: Link, registered: str
) -> None:
    bank.say(registered, 101, "Withdrawn", kind="VideoMD5")
    link.fetch()
    link.send()

    assert post(browser, MP4)["outcome"] == "published"
    assert bank.answers_on(registered) == ["Withdrawn"]


@pytest.mark.usefixtures("registered")
def test_video_hashes_count_among_those_looked_for(browser: TestClient) -> None:
    assert browser.get("/api/status").json()["hashes"] == 1


def test_a_picture_in_the_boxes_of_a_video_is_no_video(browser: TestClient) -> None:
    answer = browser.post("/upload", files={"picture": ("x", HEIC)}, headers=JSON)

    assert (answer.status_code, "not a JPEG" in answer.json()["error"]) == (422, True)


def test_a_video_over_20_mb_is_refused(browser: TestClient) -> None:
    data = MP4 + bytes(pictures.MAX_BYTES - len(MP4) + 1)
    answer = browser.post("/upload", files={"picture": ("x", data)}, headers=JSON)

    assert answer.json() == {"error": "This file is larger than 20 MB. Choose a smaller one."}


def test_a_memory_of_before_there_were_videos_is_carried_over(tmp_path: Path) -> None:
    file = tmp_path / "old.sqlite3"
    old = sqlite3.connect(file)
    old.executescript(FORMER_SCHEMA)
    old.close()
    for _ in range(2):
        with Database(file).reading() as db:
            kept = find(db, "old")
            assert kept is not None
            assert (kept.hash, kept.is_video) == ("d8f8f0", False)
