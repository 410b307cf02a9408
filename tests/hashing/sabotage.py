"""A page whose workers break, fall silent or lack something, as the files that they get tell them.

The workers are the real ones: each runs a few lines of the test before its own script. In Chromium,
for its clock can be turned forward.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.hashing.harness import Answer, answers

TICK = 5_000
"""Milliseconds between two looks of the pool's watch."""

PATIENCE = 80
"""Ticks after which a test gives up waiting for the watch."""

BY_NAME = """addEventListener('message', (event) => {
  if (event.data.kind !== 'hash') return
  const { file: { name }, sparing } = event.data.job
  const does = (deed) => name.includes(deed) && (!sparing || name.includes('always'))
  if (does('breaks') || does('hoards') || does('leaves') || does('hangs')) {
    event.stopImmediatePropagation()
  }
  if (does('breaks')) throw new Error('broken')
  if (does('leaves')) close()
  if (does('hoards')) for (const all = []; ; ) all.push(new Float64Array(2 ** 29))
})"""
"""What files do to their worker: once, or `always`. `hangs` answers, and does nothing else."""

WRAPPED = """(script) => {
  const address = (text) => URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  const first = address(script)
  const Real = Worker
  window.online = true
  window.Worker = class extends Real {
    constructor(url, options) {
      const own = new URL(window.online ? url : 'nowhere.js', location.href).href
      super(address(`import '${first}'; import '${own}'`), options)
    }
  }
}"""


class Sabotaged:
    """The harness page, its hasher open on the files that are chosen."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def begin(self, files: Sequence[Path], workers: int = 2) -> None:
        """Add all files and keep what is heard of them."""
        self.page.set_input_files("input", list(files))
        self.page.evaluate(
            """(workers) => {
              window.told = []
              const hear = (event) => window.told.push({ ...event, at: performance.now() })
              window.hasher = window.harness.openHasher(hear, { workers, megapixels: 48 })
              window.harness.chosen().forEach((file, id) => window.hasher.add(id, file))
            }""",
            workers,
        )

    def told(self) -> list[dict[str, Any]]:
        told: list[dict[str, Any]] = self.page.evaluate("() => window.told")
        return told

    def wait_for(self, kind: str, count: int = 1) -> None:
        """Wait until so many events of this kind have come."""
        self.page.wait_for_function(
            "([kind, count]) => window.told.filter((one) => one.kind === kind).length >= count",
            arg=[kind, count],
        )

    def end(self, count: int) -> list[Answer]:
        """Wait for the last word on so many files and return each one's."""
        self.page.wait_for_function(
            """(count) => window.told.filter(
              ({ kind }) => ['hashed', 'refused', 'cancelled'].includes(kind)).length >= count""",
            arg=count,
        )
        return answers(self.told())

    def end_by_the_clock(self, count: int) -> list[Answer]:
        """Turn the clock forward, tick by tick, until the last word on so many files."""
        for _ in range(PATIENCE):
            last = answers(self.told())
            if sum(one.kind in {"hashed", "refused"} for one in last) == count:
                return last
            self.page.clock.run_for(TICK)
        raise AssertionError(f"still not over after {PATIENCE * TICK / 1000} s")


@contextmanager
def sabotaged(browser: Browser, address: str, script: str = BY_NAME) -> Iterator[Sabotaged]:
    """Open the harness page with `script` running first in each of its workers."""
    page = browser.new_page()
    page.clock.install()
    page.goto(address)
    page.evaluate(WRAPPED, script)
    yield Sabotaged(page)
    page.close()
