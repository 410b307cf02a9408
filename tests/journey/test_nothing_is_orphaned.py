"""However a case breaks off, nothing of it is left under a number that nobody has seen."""

from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from local.system import System
from tests.eventually import eventually
from tests.journey.recorder import Recorder
from tests.journey.secret import Secret
from tests.journey.walk import SLOW, ready_to_send
from tests.person import Person


def test_going_back_withdraws_what_had_arrived(
    system: System, phone: Page, photograph: Secret, recorder: Recorder
) -> None:
    break_off(phone, photograph, stored_but_broken)

    phone.get_by_role("button", name="Back to the files").click()

    expect(phone.get_by_role("heading", name="Choose pictures")).to_be_visible(timeout=SLOW)
    assert sender(system, recorder).status()["status"] == "Withdrawn"


def test_who_cannot_wait_gets_the_number(
    system: System, phone: Page, photograph: Secret, recorder: Recorder
) -> None:
    break_off(phone, photograph, stored_but_broken)
    phone.route("**/cases/withdraw", lambda route: route.abort())
    phone.get_by_role("button", name="Back to the files").click()

    phone.get_by_text("If you cannot wait").click()

    person = sender(system, recorder)
    shown = "".join(phone.locator("dd").all_inner_texts())
    assert "".join(symbol for symbol in shown if symbol.isalnum()) == person.number + person.pin
    phone.get_by_role("button", name="I have kept them").click()
    expect(phone.get_by_role("heading", name="Choose pictures")).to_be_visible()
    phone.get_by_role("button", name="Leave page").click()
    expect(phone).to_have_url("about:blank")
    assert person.status()["status"] == "Active"


def test_the_number_stays_while_it_tries_again(phone: Page, photograph: Secret) -> None:
    break_off(phone, photograph, stored_but_broken)
    phone.route("**/cases/withdraw", lambda route: route.abort())
    phone.get_by_role("button", name="Back to the files").click()
    phone.get_by_text("If you cannot wait").click()
    shown = phone.locator("dd").all_inner_texts()
    assert shown

    with phone.expect_event("requestfailed"):
        phone.get_by_role("button", name="Try now").click()

    expect(phone.get_by_role("button", name="Try now")).to_be_visible()
    assert phone.locator("dd").all_inner_texts() == shown


def test_the_way_back_waits_for_the_line(
    system: System, phone: Page, photograph: Secret, recorder: Recorder
) -> None:
    break_off(phone, photograph, stored_but_broken)
    phone.route("**/cases/withdraw", lambda route: route.abort())
    phone.get_by_role("button", name="Back to the files").click()
    expect(phone.get_by_role("button", name="Try now")).to_be_visible()

    phone.unroute("**/cases/withdraw")
    phone.get_by_role("button", name="Try now").click()

    expect(phone.get_by_role("heading", name="Choose pictures")).to_be_visible(timeout=SLOW)
    assert sender(system, recorder).status()["status"] == "Withdrawn"


def test_leaving_in_the_middle_withdraws_it(
    system: System, phone: Page, photograph: Secret, recorder: Recorder
) -> None:
    break_off(phone, photograph, stored_but_unheard)
    expect(phone.get_by_role("button", name="Try now")).to_be_visible(timeout=SLOW)

    phone.get_by_role("button", name="Leave page").click()

    expect(phone).to_have_url("about:blank")
    eventually(lambda: sender(system, recorder).status()["status"] == "Withdrawn")


def test_closing_in_the_middle_withdraws_it(
    system: System, phone: Page, photograph: Secret, recorder: Recorder
) -> None:
    break_off(phone, photograph, stored_but_broken)
    expect(phone.get_by_role("button", name="Back to the files")).to_be_visible(timeout=SLOW)

    phone.close()

    eventually(lambda: sender(system, recorder).status()["status"] == "Withdrawn")


def stored_but_broken(route: Route) -> None:
    route.fetch()
    route.fulfill(status=500, json={"message": "Internal Server Error"})


def stored_but_unheard(route: Route) -> None:
    route.fetch()
    route.abort()


def break_off(page: Page, photograph: Secret, fate: Callable[[Route], None]) -> None:
    """Send a case that arrives, though its sender does not hear so."""
    ready_to_send(page, photograph)
    page.route("**/cases", fate)
    page.get_by_role("button", name="Send the fingerprints").click()


def sender(system: System, recorder: Recorder) -> Person:
    """Return whoever sent the last case."""
    posted = recorder.bodies("/cases")[-1]
    return Person(system.page, posted["number"], posted["pin"])
