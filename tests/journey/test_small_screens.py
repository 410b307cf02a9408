"""On the smallest phone, in any language, with large text: all is in view, the way out too."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, ViewportSize, expect

from local.system import System
from tests.journey.secret import Secret

SMALLEST = ViewportSize(width=320, height=640)
SLOW = 20_000


@dataclass(frozen=True)
class Look:
    """How somebody sees the page."""

    locale: str
    direction: str = "ltr"
    text: str = "100%"

    def __str__(self) -> str:
        return f"{self.locale} {self.direction} {self.text}"


LOOKS = (
    Look("sv-SE"),
    Look("en-GB"),
    Look("en-GB", direction="rtl"),
    Look("sv-SE", text="200%"),
    Look("en-GB", text="200%"),
    Look("en-GB", direction="rtl", text="200%"),
)


@pytest.fixture
def small(browser: Browser, system: System) -> Iterator[Page]:
    """Return the page on the smallest phone, in English."""
    context = browser.new_context(viewport=SMALLEST, locale="en-GB", base_url=system.page)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_nothing_sticks_out_of_any_screen(
    browser: Browser, system: System, photograph: Secret, tmp_path: Path, look: Look
) -> None:
    with browser.new_context(
        viewport=SMALLEST, locale=look.locale, base_url=system.page
    ) as context:
        page = context.new_page()
        page.goto("/")
        page.evaluate(WEAR, [look.direction, look.text])
        faults = {screen: faults_of(page) for screen in every_screen(page, photograph, tmp_path)}

    assert {screen: found for screen, found in faults.items() if found} == {}


def test_shift_three_times_leaves(small: Page) -> None:
    small.goto("/")
    small.get_by_role("button", name="Start").click()

    for _ in range(3):
        small.keyboard.press("Shift")

    expect(small).to_have_url("about:blank")


def test_the_way_out_is_reached_by_keyboard_on_every_screen(small: Page) -> None:
    small.goto("/")

    for _ in range(3):
        small.keyboard.press("Tab")

    expect(small.get_by_role("button", name="Leave page")).to_be_focused()
    small.keyboard.press("Enter")
    expect(small).to_have_url("about:blank")


WEAR = """([direction, text]) => {
  document.documentElement.dir = direction
  document.documentElement.style.fontSize = text
}"""


def every_screen(page: Page, photograph: Secret, folder: Path) -> Iterator[str]:
    """Go through the whole page by the shape of its screens, whatever its language."""
    yield "home"
    first(page).click()
    yield "choose, nothing chosen"
    yield from choosing(page, photograph, folder)
    yield from sending(page)
    number, pin = (code.inner_text() for code in page.locator("dd").all())
    yield from keeping(page, number)
    yield from following(page, number, pin)
    yield from withdrawing(page)


def choosing(page: Page, photograph: Secret, folder: Path) -> Iterator[str]:
    for other in ("notes.pdf", "empty.jpg"):
        (folder / other).write_bytes(b"no picture" if other == "notes.pdf" else b"")
    files = [photograph.path, folder / "notes.pdf", folder / "empty.jpg", photograph.path]
    page.locator("input[type=file]").set_input_files(files)
    expect(page.locator(".file progress")).to_have_count(0, timeout=SLOW)
    expect(page.locator(".file.done")).to_have_count(1, timeout=SLOW)
    expect(page.locator(".file.care")).to_have_count(2)
    yield "choose, chosen"
    page.locator(".head button").click()
    expect(page.locator(".file img").first).to_be_visible()
    yield "choose, revealed"
    first(page).click()
    first(page).click()
    expect(page.get_by_role("alert")).to_be_visible()
    yield "check, not confirmed"
    page.locator(".reveal").click()
    page.get_by_role("checkbox").check()
    yield "check, with number and PIN"


def sending(page: Page) -> Iterator[str]:
    page.route("**/cases", lambda route: route.abort())
    first(page).click()
    expect(page.locator("summary")).to_be_visible(timeout=SLOW)
    page.locator("summary").click()
    yield "sending, waiting"
    page.unroute("**/cases")
    page.route("**/cases", broken)
    page.locator(".notice button").click()
    expect(page.get_by_role("alert")).to_be_visible(timeout=SLOW)
    yield "sending, failed"
    page.route("**/cases/withdraw", lambda route: route.abort())
    page.locator("main .actions .quiet").first.click()
    expect(page.locator("summary")).to_be_visible(timeout=SLOW)
    page.locator("summary").click()
    yield "taking back, waiting"
    page.unroute("**/cases/withdraw")
    page.unroute("**/cases")
    page.locator(".notice button").click()
    expect(page.locator("input[type=file]")).to_be_attached(timeout=SLOW)
    first(page).click()
    page.get_by_role("checkbox").check()
    first(page).click()
    expect(page.locator("dd")).to_have_count(2, timeout=SLOW)


def broken(route: Route) -> None:
    route.fulfill(status=500, json={"message": "Internal Server Error"})


def keeping(page: Page, number: str) -> Iterator[str]:
    yield "keep"
    first(page).click()
    page.locator("main input").fill("nope")
    first(page).click()
    yield "keep, proof refused"
    page.locator("main input").fill(number[-4:])
    first(page).click()
    expect(page.locator(".marked").first).to_be_visible()
    yield "next"


def following(page: Page, number: str, pin: str) -> Iterator[str]:
    first(page).click()
    first(page).click()
    expect(page.locator("[aria-invalid]")).to_have_count(2)
    yield "follow, refused"
    typed_number, typed_pin = page.locator("main input:not([type=checkbox])").all()
    typed_number.fill(number)
    typed_pin.fill("0000 0000")
    page.get_by_role("checkbox").check()
    first(page).click()
    expect(page.get_by_role("alert")).to_be_visible(timeout=SLOW)
    yield "follow, unknown"
    typed_pin.fill(pin)
    first(page).click()
    expect(page.get_by_role("article")).to_be_visible(timeout=SLOW)
    yield "status"


def withdrawing(page: Page) -> Iterator[str]:
    page.locator("main .actions .plain").click()
    yield "withdraw"
    page.route("**/cases/withdraw", broken)
    first(page).click()
    expect(page.get_by_role("alert")).to_be_visible(timeout=SLOW)
    yield "withdraw, failed"
    page.unroute("**/cases/withdraw")
    first(page).click()
    expect(page.locator(".chip.over")).to_be_visible(timeout=SLOW)
    yield "status, withdrawn"


def first(page: Page) -> Locator:
    """Return what a screen asks for above all."""
    return page.locator("main .actions .button:not(.quiet, .plain)").last


def faults_of(page: Page) -> list[str]:
    """Return what is outside the screen, at its top and scrolled to its end."""
    page.evaluate("() => window.scrollTo(0, 0)")
    found: Any = page.evaluate(SEARCH)
    page.evaluate("() => window.scrollTo(0, document.documentElement.scrollHeight)")
    found += page.evaluate(SEARCH)
    return sorted(set(found))


SEARCH = """() => {
  const { clientWidth, clientHeight, scrollWidth } = document.documentElement
  const faults = scrollWidth > clientWidth ? ['the page scrolls sideways'] : []
  const isOut = ({ left, right, width }) => width > 0 && (left < -0.5 || right > clientWidth + 0.5)
  // What scrolls by itself may be wider than the screen; what is for the ear only has no place.
  const isApart = (element) => element.closest('pre, .unseen') !== null
  for (const element of document.querySelectorAll('header *, main *, footer *')) {
    if (isApart(element)) continue
    if (isOut(element.getBoundingClientRect())) faults.push(element.outerHTML.slice(0, 80))
    for (const node of element.childNodes) {
      if (node.nodeType !== Node.TEXT_NODE) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      if ([...range.getClientRects()].some(isOut)) faults.push(node.data.slice(0, 80))
    }
  }
  const leave = document.querySelector('.leave').getBoundingClientRect()
  const inside = leave.left >= 0 && leave.right <= clientWidth
  if (!inside || leave.top < 0 || leave.bottom > clientHeight) faults.push('the way out')
  return faults
}"""
