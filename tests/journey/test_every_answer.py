"""Every answer that a company can give or owe is in view and in words, on a phone and on a desk."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from functions.shared.progress import State
from local.system import System
from tests.journey.test_small_screens import LOOKS, SMALLEST, WEAR, Look, faults_of, first
from tests.people import NUMBER, PIN

DESK = ViewportSize(width=1280, height=900)
SLOW = 20_000


def told(status: str) -> dict[str, Any]:
    """Return a case that has fingerprints in every state with a company of a long name."""
    states = {state.value: 1_234 + place for place, state in enumerate(State)}
    company = {"id": "a", "name": "Sammanslagningsplattformen", "states": states, "not_taken": 7}
    return {"status": status, "since": "2026-11-22", "signals": 9_876, "companies": [company]}


def followed(page: Page, status: str) -> None:
    """Follow a case of that status."""
    page.route("**/cases/status", lambda route: route.fulfill(json=told(status)))
    page.locator("main .actions .button").nth(1).click()
    typed_number, typed_pin = page.locator("main input:not([type=checkbox])").all()
    typed_number.fill(NUMBER)
    typed_pin.fill(PIN)
    first(page).click()
    expect(page.get_by_role("article")).to_be_visible(timeout=SLOW)


@pytest.mark.parametrize("status", ["Active", "Withdrawn"])
@pytest.mark.parametrize("size", [SMALLEST, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_state_has_its_words_and_its_place(
    browser: Browser, system: System, look: Look, size: ViewportSize, status: str
) -> None:
    with browser.new_context(viewport=size, locale=look.locale, base_url=system.page) as context:
        page = context.new_page()
        page.goto("/")
        page.evaluate(WEAR, [look.direction, look.text])
        followed(page, status)

        said = page.locator("article li").all_inner_texts()
        assert len(said) == len(set(said)) == len(State)
        assert faults_of(page) == []


def test_silence_is_told_by_what_the_company_owes(browser: Browser, system: System) -> None:
    words = []
    for status in ("Active", "Withdrawn"):
        with browser.new_context(locale="en-GB", base_url=system.page) as context:
            page = context.new_page()
            page.goto("/")
            followed(page, status)
            words.append(page.locator("[data-state=no_answer]").inner_text())

    live, withdrawn = words
    assert "has not fetched them" in live
    assert "has not confirmed the withdrawal" in withdrawn
