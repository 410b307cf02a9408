"""The way through the page that several journeys share."""

from playwright.sync_api import Page, expect

from tests.journey.secret import Secret

SLOW = 20_000
"""Milliseconds that a step may take on a busy machine."""


def ready_to_send(page: Page, photograph: Secret) -> None:
    """Choose a picture on the page, and go on until only the sending is left."""
    page.goto("/")
    page.get_by_role("button", name="Start").click()
    page.get_by_label("Choose pictures").set_input_files(photograph.path)
    ready = page.get_by_role("status").filter(has_text="1 file ready to go on with.")
    expect(ready).to_be_attached(timeout=SLOW)
    page.get_by_role("button", name="Continue").click()
    page.get_by_role("checkbox").check()
