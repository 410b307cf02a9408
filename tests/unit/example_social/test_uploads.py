"""Uploads through the site, against an index that was really fetched."""

import io
import zlib
from collections.abc import Callable

import pytest
from PIL import Image
from starlette.testclient import TestClient

from partner_kit.example_social import pictures
from partner_kit.example_social.pictures import read_picture
from tests.unit.example_social.bank_server import Bank
from tests.unit.example_social.conftest import Link
from tests.unit.example_social.photographs import as_file, photograph

JSON = {"Accept": "application/json"}


def upload(browser: TestClient, data: bytes, caption: str = "") -> str:
    answer = browser.post(
        "/upload", files={"picture": ("x", data)}, data={"caption": caption}, headers=JSON
    )
    assert answer.status_code == 200
    outcome: str = answer.json()["outcome"]
    assert set(answer.json()) == {"outcome", "post"}
    return outcome


@pytest.fixture
def registered(bank: Bank, link: Link) -> str:
    """Somebody registered the photograph of China, and we have heard of it."""
    pdq = read_picture(as_file(photograph("china"))).pdq
    bank.say(pdq, 100)
    link.fetch()
    return pdq


def smaller_and_coarser(picture: Image.Image) -> bytes:
    return as_file(picture.resize((480, 320)), "JPEG", quality=60)


def sideways_with_a_note(picture: Image.Image) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise to see it upright
    return as_file(picture.transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif, quality=95)


@pytest.mark.parametrize("edit", [as_file, smaller_and_coarser, sideways_with_a_note])
@pytest.mark.usefixtures("registered")
def test_a_registered_picture_and_its_copies_are_blocked(
    browser: TestClient, edit: Callable[[Image.Image], bytes]
) -> None:
    assert upload(browser, edit(photograph("china"))) == "blocked"


@pytest.mark.usefixtures("registered")
def test_another_picture_is_published_and_shown(browser: TestClient) -> None:
    assert upload(browser, as_file(photograph("flower")), "A <b>flower</b>") == "published"

    page = browser.get("/")
    assert "A &lt;b&gt;flower&lt;/b&gt;" in page.text


def test_after_a_withdrawal_the_picture_passes(
    browser: TestClient, bank: Bank, link: Link, registered: str
) -> None:
    bank.say(registered, 101, "Withdrawn")
    link.fetch()

    assert upload(browser, as_file(photograph("china"))) == "published"


def test_a_match_is_told_to_the_bank(
    browser: TestClient, bank: Bank, link: Link, registered: str
) -> None:
    upload(browser, smaller_and_coarser(photograph("china")))
    link.send()

    assert bank.feedback == [(registered, "PendingReview")]


def test_a_picture_too_plain_to_compare_is_not_looked_up(
    browser: TestClient, bank: Bank, link: Link
) -> None:
    blank = as_file(Image.new("RGB", (300, 300), "white"))
    bank.say(read_picture(blank).pdq, 100)
    link.fetch()

    assert upload(browser, blank) == "published"


def test_what_is_shown_carries_nothing_but_the_picture(browser: TestClient) -> None:
    exif = Image.Exif()
    exif[0x010F] = "camera of somebody"
    sent = as_file(photograph("flower"), "JPEG", exif=exif)
    post = browser.post("/upload", files={"picture": ("x", sent)}, headers=JSON).json()["post"]

    answer = browser.get(f"/pictures/{post}")

    assert answer.headers["content-type"] == "image/jpeg"
    assert answer.headers["x-content-type-options"] == "nosniff"
    with Image.open(io.BytesIO(answer.content)) as shown:
        assert dict(shown.getexif()) == {}


def test_a_browser_is_led_to_what_became_of_its_post(browser: TestClient) -> None:
    sent = browser.post("/upload", files={"picture": ("x", as_file(photograph("flower")))})
    assert sent.status_code == 303

    assert "Published" in browser.get(sent.headers["location"]).text


def test_a_held_picture_is_shown_to_no_one_but_the_reviewer(
    browser: TestClient, registered: str
) -> None:
    sent = browser.post("/upload", files={"picture": ("x", as_file(photograph("china")))})
    post = sent.headers["location"].removeprefix("/posts/")

    assert "Blocked: held for review" in browser.get(f"/posts/{post}").text
    assert browser.get(f"/pictures/{post}").status_code == 404
    assert browser.get(f"/review/{post}/picture").status_code == 200
    assert registered not in browser.get("/review").text


def bomb() -> bytes:
    """Promise 900 megapixels in a PNG of 70 bytes."""
    whole = as_file(Image.new("1", (1, 1)))
    header = b"IHDR" + (30_000).to_bytes(4, "big") * 2 + whole[24:29]
    return whole[:12] + header + zlib.crc32(header).to_bytes(4, "big") + whole[33:]


BAD_FILES = {
    "nothing": (b"", "Choose a picture first."),
    "text": (b"hello, I am a picture", "This is not a JPEG, PNG, WebP or GIF picture."),
    "svg": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "This is not a JPEG, PNG, WebP or GIF"),
    "tiff": (as_file(photograph("china"), "TIFF"), "This is not a JPEG, PNG, WebP or GIF"),
    "cut off": (as_file(photograph("china"), "JPEG")[:9000], "This picture is damaged"),
    "cut off png": (as_file(photograph("china"))[:9000], "This picture is damaged"),
    "bomb": (bomb(), "more than 100 megapixels"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_bad_file_gets_a_plain_sentence(browser: TestClient, name: str) -> None:
    data, sentence = BAD_FILES[name]

    answer = browser.post("/upload", files={"picture": ("x", data)}, headers=JSON)

    assert answer.status_code == 422
    assert sentence in answer.json()["error"]
    assert sentence in browser.post("/upload", files={"picture": ("x", data)}).text


def test_an_upload_without_a_picture_gets_a_plain_sentence(browser: TestClient) -> None:
    assert "Choose a picture first." in browser.post("/upload", data={"caption": "hi"}).text


def test_a_picture_over_the_pixel_limit_is_refused(
    browser: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "MAX_PIXELS", 640 * 427 - 1)

    answer = browser.post("/upload", files={"picture": ("x", as_file(photograph("china")))})

    assert answer.status_code == 422


@pytest.mark.parametrize("size", [pictures.MAX_BYTES + 1, pictures.MAX_BYTES + 200_000])
def test_a_file_over_20_mb_is_refused(browser: TestClient, size: int) -> None:
    answer = browser.post("/upload", files={"picture": ("x", bytes(size))}, headers=JSON)

    assert answer.status_code in (413, 422)
    assert answer.json() == {"error": "This file is larger than 20 MB. Choose a smaller one."}


def test_a_form_with_too_many_parts_is_refused(browser: TestClient) -> None:
    files = [("picture", ("x", b"1")), ("picture", ("y", b"2"))]

    assert browser.post("/upload", files=files, headers=JSON).status_code == 400
