"""An error that escapes in the hasher's worker: only Chromium lets a test reach into a worker."""

from typing import Any

from playwright.sync_api import Page


def run_with_a_crash(page: Page) -> list[dict[str, Any]]:
    """Hash the files chosen in the harness page, break the worker meanwhile, return every event."""
    with page.expect_event("worker") as started:
        page.evaluate("() => { window.running = window.harness.run() }")
    started.value.evaluate("() => { setTimeout(() => { throw new Error('broken') }) }")
    told: list[dict[str, Any]] = page.evaluate("() => window.running")
    return told
