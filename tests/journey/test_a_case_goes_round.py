"""A person protects a picture; a platform blocks a copy; the person sees it, and withdraws."""

import re
from pathlib import Path

import httpx
import numpy as np
import pdqhash
from PIL import Image, ImageOps
from playwright.sync_api import Locator, Page, expect

from local.system import System
from tests.eventually import eventually
from tests.journey.recorder import Recorder
from tests.journey.secret import Secret
from tests.journey.walk import SLOW, ready_to_send


def test_a_case_goes_all_the_way_round(
    system: System, phone: Page, desk: Page, photograph: Secret, copy: Path, recorder: Recorder
) -> None:
    others = hashes_known_to(system)
    number, pin = report(phone, photograph)
    [posted] = recorder.bodies("/cases")
    signals = posted["signals"]
    assert signals[0]["value"] == reference_hash(photograph.path)

    eventually(lambda: hashes_known_to(system), lambda known: known == others + len(signals))
    assert "held for review" in post(desk, copy)
    follow(phone, number, pin)
    expect(company(phone)).to_contain_text("Being reviewed", timeout=SLOW)

    desk.goto("/review")
    desk.get_by_role("button", name="Blocked", exact=True).click()
    eventually(lambda: refreshed(phone), lambda text: "Found and stopped" in text)

    withdraw(phone)
    expect(company(phone)).to_contain_text("Withdrawn")
    eventually(lambda: hashes_known_to(system), lambda known: known == others)
    assert "published" in post(desk, copy).lower()
    eventually(lambda: refreshed(phone), lambda text: "Withdrawn and confirmed" in text)

    assert_nothing_left_the_device(recorder, photograph, system)


def report(page: Page, photograph: Secret) -> tuple[str, str]:
    """Go through the page from its first screen to a kept number, and return number and PIN."""
    ready_to_send(page, photograph)
    page.get_by_role("button", name="Send the fingerprints").click()
    number, pin = kept(page)
    page.get_by_role("button", name="I have kept them").click()
    page.get_by_label("The last four characters").fill(number[-4:])
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_role("heading", name="What happens next")).to_be_visible()
    return number, pin


def kept(page: Page) -> tuple[str, str]:
    """Return number and PIN as the screen shows them."""
    expect(page.get_by_role("heading", name="Your case is received")).to_be_visible(timeout=SLOW)
    number, pin = (shown.inner_text() for shown in page.locator("dd").all())
    assert re.fullmatch(r"[0-9A-Z]{20}", joined(number))
    assert re.fullmatch(r"[0-9]{8}", joined(pin))
    return joined(number), joined(pin)


def joined(shown: str) -> str:
    return re.sub(r"[\s-]", "", shown)


def follow(page: Page, number: str, pin: str) -> None:
    page.get_by_role("button", name="Follow a case").click()
    page.get_by_label("Case number").fill(number.lower())
    page.get_by_label("PIN").fill(pin)
    page.get_by_role("button", name="Show the case").click()
    expect(page.get_by_role("heading", name="Your case")).to_be_visible(timeout=SLOW)


def company(page: Page) -> Locator:
    return page.get_by_role("article").filter(has_text="Example Social")


def refreshed(page: Page) -> str:
    with page.expect_response("**/cases/status"):
        page.get_by_role("button", name="Refresh").click()
    return company(page).inner_text()


def withdraw(page: Page) -> None:
    page.get_by_role("button", name="Withdraw the case").click()
    page.get_by_role("button", name="Yes, withdraw").click()
    expect(page.get_by_role("heading", name="Your case")).to_be_visible(timeout=SLOW)


def post(page: Page, picture: Path) -> str:
    """Post a picture on Example Social, and return what it says."""
    page.goto("/")
    page.get_by_label("Picture").set_input_files(picture)
    page.get_by_role("textbox", name="Caption").fill("look at this")
    page.get_by_role("button", name="Post", exact=True).click()
    page.wait_for_url("**/posts/**")
    return page.get_by_role("main").inner_text()


def hashes_known_to(system: System) -> int:
    return int(httpx.get(f"{system.social}/api/status").json()["hashes"])


def reference_hash(path: Path) -> str:
    """Return the PDQ hash of the upright picture at full size, by the reference."""
    with Image.open(path) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    vector, _ = pdqhash.compute(np.asarray(upright))
    return f"{int(''.join(map(str, vector)), 2):064x}"


def assert_nothing_left_the_device(recorder: Recorder, photograph: Secret, system: System) -> None:
    assert recorder.complaints == []
    assert {one.url.split("/")[2] for one in recorder.sent if not one.url.startswith("blob:")} == {
        system.page.split("/")[2]
    }
    for one in recorder.sent:
        assert photograph.traces_in(one.everything) == [], one.url
    assert not any("?" in one.url for one in recorder.sent)


def test_the_search_for_traces_finds_each_kind(photograph: Secret) -> None:
    content = photograph.path.read_bytes()

    assert photograph.traces_in(b"x" + content[1_000:3_500])
    assert photograph.traces_in(content[:4_000].hex().encode())
    assert photograph.traces_in(f'{{"w": {photograph.width}}}'.encode()) == ["width"]
    assert photograph.traces_in(f'{{"n": "{photograph.path.name}"}}'.encode())
    assert photograph.traces_in(str(len(content)).encode()) == ["size"]
    assert photograph.traces_in(b"an innocent request") == []
