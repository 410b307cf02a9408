"""How long the real page stands still with as many pictures as a case may hold."""

import statistics
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, expect

from bench.table import Table
from local.system import Plan, running
from tests.chromium import launched
from tests.journey.test_choosing import MOST, SLOW, pictures

ROUNDS = 3
LONGEST = 100
"""Milliseconds for which a page may stand still without feeling stuck."""

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


def main() -> None:
    with TemporaryDirectory() as system_folder, TemporaryDirectory() as folder:
        files = pictures(Path(folder), MOST)
        with running(Plan.throwaway(Path(system_folder))) as system, launched() as browser:
            stops = []
            for _ in range(ROUNDS):
                context = browser.new_context(locale="en-GB", base_url=system.page)
                stops.append(longest_stop(context.new_page(), files))
                context.close()
    print(table(stops))


def table(stops: Sequence[float]) -> Table:
    return Table(
        f"Standstill: milliseconds for which the page with {MOST:,} pictures does not answer",
        f"The longest task while they are listed, the language is changed and all are cancelled, "
        f"in {ROUNDS} rounds. Whatever else the machine does lengthens it: the best round is the "
        f"page's own doing. The limit is {LONGEST}.",
        ("", "best", "median", "worst"),
        [("Chromium", *(f"{f(stops):.0f}" for f in (min, statistics.median, max)))],
    )


def longest_stop(page: Page, files: Sequence[Path]) -> float:
    """Choose the files, read the list, and return the longest time without an answer."""
    page.goto("/")
    page.get_by_role("button", name="Start").click()
    page.evaluate(WATCH)
    page.get_by_label("Choose pictures").set_input_files(list(files))
    expect(page.get_by_text(f"of {MOST:,} files done")).to_be_visible(timeout=SLOW)
    page.locator(".head button").click()
    page.get_by_label("Language").select_option("sv")
    page.evaluate("() => window.scrollTo(0, document.documentElement.scrollHeight / 2)")
    expect(page.locator(".file:not(.done)").last).to_be_visible()
    page.locator(".overall button").click()
    expect(page.locator("progress")).to_have_count(0, timeout=SLOW)
    stops: list[float] = page.evaluate("() => window.stops")
    return max(stops, default=0)


if __name__ == "__main__":
    main()
