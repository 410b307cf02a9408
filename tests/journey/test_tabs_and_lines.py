"""Tabs that are opened twice, closed too early or without scripts, and a line that is gone."""

import pytest
from playwright.sync_api import Browser, Dialog, Page, expect

from local.system import System
from tests.journey.recorder import Recorder
from tests.journey.secret import Secret
from tests.journey.test_a_case_goes_round import kept, report
from tests.journey.walk import SLOW, ready_to_send
from tests.person import Person


@pytest.mark.parametrize("said", ["JavaScript is off", "JavaScript är avstängt"])
def test_without_scripts_the_page_says_so(browser: Browser, system: System, said: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=system.page)
    page = context.new_page()
    page.goto("/")

    expect(page.get_by_role("heading", name=said)).to_be_visible()
    assert "Nothing has been sent." in page.get_by_role("main").inner_text()
    context.close()


def test_two_tabs_hold_two_cases(system: System, phone: Page, photograph: Secret) -> None:
    other = phone.context.new_page()
    ready_to_send(phone, photograph)
    ready_to_send(other, photograph)
    for page in (phone, other):
        page.get_by_role("button", name="Send the fingerprints").click()
    first, second = (Person(system.page, *kept(page)) for page in (phone, other))

    assert first.number != second.number
    first.withdraw()
    assert [one.status()["status"] for one in (first, second)] == ["Withdrawn", "Active"]


def test_a_case_waits_for_the_line_and_goes_on_by_itself(
    system: System, phone: Page, photograph: Secret, recorder: Recorder
) -> None:
    ready_to_send(phone, photograph)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Send the fingerprints").click()
    gone = phone.get_by_text("The connection is gone. Nothing is lost").last
    expect(gone).to_be_visible(timeout=SLOW)

    phone.context.set_offline(False)

    person = Person(system.page, *kept(phone))
    signals = recorder.bodies("/cases")[-1]["signals"]
    assert (person.status()["status"], person.status()["signals"]) == ("Active", len(signals))


def test_a_number_that_is_not_kept_yet_is_not_left_by_accident(
    phone: Page, photograph: Secret
) -> None:
    ready_to_send(phone, photograph)
    phone.get_by_role("button", name="Send the fingerprints").click()
    shown = kept(phone)

    assert asked_before_leaving(phone) == ["beforeunload"]
    assert kept(phone) == shown, "who stays has lost nothing"


def test_nor_is_a_case_that_is_being_sent(phone: Page, photograph: Secret) -> None:
    ready_to_send(phone, photograph)
    phone.route("**/cases", lambda route: route.abort())
    phone.get_by_role("button", name="Send the fingerprints").click()
    expect(phone.get_by_role("button", name="Try now")).to_be_visible(timeout=SLOW)

    assert asked_before_leaving(phone) == ["beforeunload"]


def test_who_has_kept_the_number_or_sent_nothing_is_not_held_up(
    phone: Page, photograph: Secret
) -> None:
    other = phone.context.new_page()
    ready_to_send(other, photograph)
    report(phone, photograph)

    for page in (phone, other):
        with page.expect_event("close"):
            page.close(run_before_unload=True)


def asked_before_leaving(page: Page) -> list[str]:
    """Go elsewhere, stay when the browser asks, and return what it asked."""
    asked: list[str] = []

    def stay(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.dismiss()

    with page.expect_event("dialog"):
        page.once("dialog", stay)
        page.evaluate("() => { location.href = 'about:blank' }")
    return asked
