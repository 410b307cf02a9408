"""Choosing on an old browser, and as many pictures as a case may hold."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

MOST = 2_000
SLOW = 60_000


@pytest.mark.parametrize("missing", ["OffscreenCanvas", "Worker"])
def test_an_old_browser_is_told_so_once(phone: Page, missing: str) -> None:
    phone.add_init_script(f"delete window.{missing}")
    phone.goto("/")

    phone.get_by_role("button", name="Start").click()

    expect(phone.get_by_role("alert")).to_contain_text("too old to work out fingerprints")
    expect(phone.locator("input[type=file]")).to_have_count(0)


def test_a_page_with_two_thousand_pictures_still_does_what_it_is_told(
    phone: Page, tmp_path: Path
) -> None:
    """How long it may stand still meanwhile is measured: `python -m bench standstill`."""
    phone.goto("/")
    phone.get_by_role("button", name="Start").click()
    phone.get_by_label("Choose pictures").set_input_files(pictures(tmp_path, MOST))
    expect(phone.get_by_text(f"of {MOST:,} files done")).to_be_visible(timeout=SLOW)

    phone.locator(".head button").click()
    phone.get_by_label("Language").select_option("sv")
    expect(phone.locator("html")).to_have_attribute("lang", "sv")
    phone.evaluate("() => window.scrollTo(0, document.documentElement.scrollHeight / 2)")
    expect(phone.locator(".file:not(.done)").last).to_be_visible()

    phone.locator(".overall button").click()
    expect(phone.locator("progress")).to_have_count(0, timeout=SLOW)
    expect(phone.locator(".overall button")).to_have_count(0)


def pictures(folder: Path, count: int) -> list[Path]:
    """Write one small picture many times."""
    files = [folder / f"{number}.png" for number in range(count)]
    Image.effect_noise((64, 64), 60).convert("RGB").save(files[0])
    for copy in files[1:]:
        copy.write_bytes(files[0].read_bytes())
    return files
