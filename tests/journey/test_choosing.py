"""Choosing on an old browser, and as many pictures as a case may hold."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

MOST = 2_000
SLOW = 60_000
LONGEST = 100
"""Milliseconds for which a page may stand still without feeling stuck."""

ROUNDS = 3
"""The best of these counts: what else the machine does is not the page's doing."""


@pytest.mark.parametrize("missing", ["OffscreenCanvas", "Worker"])
def test_an_old_browser_is_told_so_once(phone: Page, missing: str) -> None:
    phone.add_init_script(f"delete window.{missing}")
    phone.goto("/")

    phone.get_by_role("button", name="Start").click()

    expect(phone.get_by_role("alert")).to_contain_text("too old to work out fingerprints")
    expect(phone.locator("input[type=file]")).to_have_count(0)


def test_two_thousand_pictures_do_not_stop_the_page(phone: Page, tmp_path: Path) -> None:
    files = pictures(tmp_path, MOST)

    stood_still = min(longest_stop(phone, files) for _ in range(ROUNDS))

    assert stood_still < LONGEST


def longest_stop(page: Page, files: list[Path]) -> float:
    """Choose the files, read the list, and return the longest time without an answer."""
    page.goto("/")
    page.get_by_role("button", name="Start").click()
    page.evaluate(WATCH)
    page.get_by_label("Choose pictures").set_input_files(files)
    expect(page.get_by_text(f"of {MOST:,} files done")).to_be_visible(timeout=SLOW)
    page.locator(".head button").click()
    page.get_by_label("Language").select_option("sv")
    page.evaluate("() => window.scrollTo(0, document.documentElement.scrollHeight / 2)")
    expect(page.locator(".file:not(.done)").last).to_be_visible()
    page.locator(".overall button").click()
    expect(page.locator("progress")).to_have_count(0, timeout=SLOW)
    stops: list[float] = page.evaluate("() => window.stops")
    return max(stops, default=0)


WATCH = """() => {
  window.stops = []
  const watch = new PerformanceObserver((list) => {
    window.stops.push(...list.getEntries().map(({ duration }) => duration))
  })
  // The browser needs its own time to hand over so many files: what counts begins after that.
  addEventListener('change', ({ target }) => {
    if (target.type !== 'file') return
    const start = performance.now()
    setTimeout(() => {
      window.stops.push(performance.now() - start)
      watch.observe({ entryTypes: ['longtask'] })
    })
  }, { capture: true })
}"""


def pictures(folder: Path, count: int) -> list[Path]:
    """Write one small picture many times."""
    files = [folder / f"{number}.png" for number in range(count)]
    Image.effect_noise((64, 64), 60).convert("RGB").save(files[0])
    for copy in files[1:]:
        copy.write_bytes(files[0].read_bytes())
    return files
