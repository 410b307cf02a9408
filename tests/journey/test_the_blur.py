"""What was posted stays blurred for its reviewer until they take the blur away, each for itself."""

import hashlib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from local.system import System
from tests.eventually import eventually
from tests.journey.test_a_case_goes_round import hashes_known_to, post, reference_hash
from tests.person import Person

FILM = Path(__file__).parents[2] / "contract" / "vectors" / "vpdq" / "vp9-25.webm"
BLURRED, CLEAR = "blur(28px)", "none"


@pytest.fixture
def reviewing(system: System, desk: Page, tmp_path: Path) -> Iterator[Page]:
    """Yield the review page with a picture and a video on it that somebody registered."""
    picture = tmp_path / "picture.jpg"
    picture.write_bytes(files("sklearn.datasets.images").joinpath("flower.jpg").read_bytes())
    others = hashes_known_to(system)
    Person(system.page).report_all([
        {"type": "ImagePDQ", "value": reference_hash(picture), "quality": 100},
        {"type": "VideoMD5", "value": md5(FILM)},
    ])  # fmt: skip
    eventually(lambda: hashes_known_to(system), lambda known: known == others + 2)
    for file in (picture, FILM):
        assert "held for review" in post(desk, file)
    desk.goto("/review")
    yield desk
    for _ in range(2):
        desk.get_by_role("button", name="Not blocked").first.click()


def md5(file: Path) -> str:
    return hashlib.md5(file.read_bytes(), usedforsecurity=False).hexdigest()


def test_what_is_held_is_blurred_until_its_own_box_is_ticked(reviewing: Page) -> None:
    held = reviewing.locator(".frame img, .frame video")
    expect(held).to_have_count(2)

    for kind in ("picture", "video"):
        case = reviewing.get_by_role("article").filter(has_text=f"Show the {kind}, blurred")
        case.get_by_text(f"Show the {kind}, blurred").click()
        shown, box = case.locator(".frame img, .frame video"), case.get_by_label("Remove the blur")
        expect(shown).to_be_visible()
        assert filter_of(shown) == BLURRED

        box.check()
        assert filter_of(shown) == CLEAR
        assert [filter_of(one) for one in held.all()].count(BLURRED) == 1

        box.uncheck()
        assert filter_of(shown) == BLURRED


def filter_of(shown: Locator) -> str:
    return str(shown.evaluate("(shown) => getComputedStyle(shown).filter"))
