"""The Chromium of a test run."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from local.browser import chromium

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""Chromium as root, and without calls home that no test is about."""


@contextmanager
def launched() -> Iterator[Browser]:
    """Start Chromium and close it again. Playwright allows one at a time in a process."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass(frozen=True)
class Tab:
    """One open page, driven as `tests.firefox.Firefox` drives its own."""

    page: Page

    def open(self, address: str) -> None:
        self.page.goto(address)

    def choose(self, files: Sequence[Path]) -> None:
        """Put these files into the page's input, in place of those before."""
        self.page.set_input_files("input", list(files))

    def evaluate(self, code: str, argument: object = None) -> Any:
        """Call a JavaScript function and return what its promise brings."""
        return self.page.evaluate(code, argument)
