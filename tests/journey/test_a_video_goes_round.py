"""A person protects a video; a platform stops the same file; no byte of it leaves the device."""

import hashlib
import json
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from local.system import System
from tests.eventually import eventually
from tests.journey.recorder import Recorder
from tests.journey.secret import Secret
from tests.journey.test_a_case_goes_round import (
    assert_nothing_left_the_device,
    company,
    follow,
    hashes_known_to,
    post,
    refreshed,
    report,
)
from tests.journey.walk import SLOW

VECTORS = Path(__file__).parents[2] / "contract" / "vectors"


@pytest.fixture
def film(tmp_path: Path) -> Secret:
    """Return a video whose frames the reference has hashed, under a name that tells."""
    path = tmp_path / "only-for-you-0417.mp4"
    path.write_bytes((VECTORS / "vpdq" / "h264-29.97.mp4").read_bytes())
    return Secret(path, width=320, height=180, comment="only-for-you")


def reference_frames() -> set[str]:
    films = json.loads((VECTORS / "vpdq.json").read_text())["films"]
    [frames] = [one["frames"] for one in films if one["film"] == "h264-29.97.mp4"]
    return {value for _, value, quality in frames if quality >= 50}


def test_a_video_goes_round(
    system: System, phone: Page, desk: Page, film: Secret, recorder: Recorder
) -> None:
    others = hashes_known_to(system)
    number, pin = report(phone, film)
    [posted] = recorder.bodies("/cases")
    md5, *frames = posted["signals"]
    assert md5 == {
        "type": "VideoMD5",
        "value": hashlib.md5(film.path.read_bytes(), usedforsecurity=False).hexdigest(),
    }
    assert {frame["type"] for frame in frames} == {"VideoPDQ"}
    assert {frame["value"] for frame in frames} <= reference_frames()

    # Example Social asked for no frames, so the file's own hash is all that it learns.
    eventually(lambda: hashes_known_to(system), lambda known: known == others + 1)
    assert "held for review" in post(desk, film.path)
    follow(phone, number, pin)

    expect(company(phone)).to_contain_text("Being reviewed: 1 fingerprint", timeout=SLOW)
    expect(company(phone)).to_contain_text("that this company does not look for")

    desk.goto("/review")
    desk.get_by_role("button", name="Blocked", exact=True).click()
    eventually(lambda: refreshed(phone), lambda text: "Found and stopped: 1 fingerprint" in text)
    assert_nothing_left_the_device(recorder, film, system)
