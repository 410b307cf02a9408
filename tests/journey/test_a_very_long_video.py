"""A video of 3 GB: it goes on, rests and is given up, and the page answers meanwhile."""

import struct
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.journey.walk import SLOW

FILM = Path(__file__).parents[2] / "contract" / "vectors" / "vpdq" / "h264-29.97.mp4"
LENGTH = 3 * 2**30


@pytest.fixture
def video(tmp_path: Path) -> Path:
    """Return a film with a box of nothing behind it, which takes no room on the disk.

    Source: ISO/IEC 14496-12, 4.2 (a size of 1: the length follows in 64 bits) and 8.1.2 (`free`).
    """
    path = tmp_path / "party.mp4"
    film = FILM.read_bytes()
    path.write_bytes(film + struct.pack(">I4sQ", 1, b"free", LENGTH - len(film)))
    with path.open("r+b") as file:
        file.truncate(LENGTH)
    return path


def test_a_video_of_3_gb_can_be_paused_resumed_and_cancelled(
    phone: Page, video: Path, tmp_path: Path
) -> None:
    phone.goto("/")
    phone.get_by_role("button", name="Start").click()
    phone.locator("input[type=file]").set_input_files(video)
    row = phone.get_by_role("listitem").first
    row.get_by_role("button", name="Pause file 1").click()
    expect(row).to_contain_text("Paused")
    rested = done_of(row)

    # Others go on past it, and the page does what it is asked.
    picture = tmp_path / "good.png"
    Image.effect_noise((300, 200), 60).convert("RGB").save(picture)
    phone.locator("input[type=file]").set_input_files(picture)
    expect(phone.get_by_role("listitem").last).to_contain_text("Done", timeout=SLOW)
    language = phone.get_by_role("combobox")
    language.select_option("sv")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Välj")
    language.select_option("en")

    row.get_by_role("button", name="Go on with file 1").click()
    expect(row).to_contain_text("Being worked out")
    phone.wait_for_function(
        "(rested) => document.querySelector('.file progress').value > rested", arg=rested
    )
    assert done_of(row) < 1

    phone.get_by_role("button", name="Cancel the rest").click()
    expect(row).to_contain_text("Cancelled")
    expect(phone.get_by_text("1 file ready to go on with.").last).to_be_visible()


def done_of(row: Locator) -> float:
    return float(row.get_by_role("progressbar").evaluate("(bar) => bar.value"))
