"""Large films: pausing, resuming, memory, and files that change or vanish on the way."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route

from infrastructure.headers import CONTENT_SECURITY_POLICY
from tests.chromium import Tab
from tests.hashing.harness import Answer, Harness
from tests.hashing.sabotage import Sabotaged, sabotaged
from tests.hashing.test_broken_workers import NO_WEBASSEMBLY
from tests.video.vectors import FOLDER

FILM = FOLDER / "h264-60.mp4"

MORE_THAN_2_GIB = 2**31 + 12_345
"""Bytes: a file whose size no 32 bits with a sign can hold."""

NO_CLOCK = "undefined"
"""Nothing is done to the worker."""


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Sabotaged]:
    with sabotaged(browser, address, NO_CLOCK) as page:
        yield page


@pytest.fixture
def large(tmp_path: Path) -> Path:
    return large_film(tmp_path / "large.mp4", 300_000_000)


def large_film(path: Path, size: int) -> Path:
    """Write a film with nothing but zeros behind it, which take no room on the disk."""
    path.write_bytes(FILM.read_bytes())
    with path.open("r+b") as file:
        file.truncate(size)
    return path


def test_a_film_that_rested_gives_what_it_gives_at_once(page: Sabotaged, large: Path) -> None:
    page.begin([large])
    page.wait_for("progress")
    page.page.evaluate("() => window.hasher.pause(0)")
    page.wait_for("paused")
    assert "hashed" not in kinds(page)

    page.page.evaluate("() => window.hasher.resume(0)")
    (rested,) = page.end(1)

    page.begin([large])
    assert (rested,) == tuple(page.end(1))
    assert values(rested, "VideoMD5") == [md5(large)]
    assert len(values(rested, "VideoPDQ")) >= 6


def test_a_film_rests_between_its_frames_too(page: Sabotaged) -> None:
    page.page.evaluate(
        """() => {
          const real = window.harness.openHasher
          window.harness.openHasher = (hear, resources) => {
            const hasher = real((event) => {
              const inFrames = event.kind === 'progress' && event.done > 0.5 && event.done < 1
              if (inFrames && !window.rested) {
                window.rested = true
                hasher.pause(0)
                setTimeout(() => hasher.resume(0))
              }
              hear(event)
            }, resources)
            return hasher
          }
        }"""
    )
    page.page.clock.resume()
    page.begin([FILM])
    (rested,) = page.end(1)

    assert kinds(page).count("paused") == kinds(page).count("resumed") == 1
    page.begin([FILM])
    assert [rested] == page.end(1)


def test_a_film_that_vanishes_on_the_way_is_refused(page: Sabotaged, large: Path) -> None:
    page.begin([large])
    page.wait_for("progress")
    page.page.evaluate("() => window.hasher.pause(0)")
    large.unlink()
    page.page.evaluate("() => window.hasher.resume(0)")

    assert [answer.reason for answer in page.end(1)] == ["vanished"]


def test_a_part_that_could_not_be_fetched_is_fetched_the_next_time(
    browser: Browser, address: str
) -> None:
    context = browser.new_context()
    offline = True

    def fetch(route: Route) -> None:
        route.abort() if offline else route.continue_()

    context.route("**/video_*.js", fetch)
    harness = Harness(Tab(context.new_page()), address)
    assert [answer.reason for answer in harness.hash([FILM])] == ["not-loaded"]

    offline = False

    assert [answer.kind for answer in harness.hash([FILM])] == ["hashed"]
    context.close()


def test_a_browser_without_webassembly_gives_the_same(
    browser: Browser, address: str, in_chromium: Harness
) -> None:
    with sabotaged(browser, address, NO_WEBASSEMBLY) as lacking:
        lacking.begin([FILM])

        assert lacking.end(1) == in_chromium.hash([FILM])


def test_a_film_is_hashed_under_the_headers_of_the_page(browser: Browser, address: str) -> None:
    context = browser.new_context()
    complaints: list[str] = []

    def with_headers(route: Route) -> None:
        answer = route.fetch()
        policy = {"content-security-policy": CONTENT_SECURITY_POLICY}
        route.fulfill(response=answer, headers={**answer.headers, **policy})

    context.route("**/*", with_headers)
    page = context.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    (answer,) = Harness(Tab(page), address).hash([FILM])
    context.close()

    assert len(values(answer, "VideoPDQ")) >= 6
    assert values(answer, "VideoMD5") == [md5(FILM)]
    assert complaints == []


def test_a_film_of_more_than_two_gigabytes_has_its_md5(
    in_chromium: Harness, tmp_path: Path
) -> None:
    film = large_film(tmp_path / "huge.mp4", MORE_THAN_2_GIB)
    (answer,) = in_chromium.hash([film])

    assert values(answer, "VideoMD5") == [md5(film)]
    assert len(values(answer, "VideoPDQ")) >= 6


def kinds(page: Sabotaged) -> list[str]:
    return [str(event["kind"]) for event in page.told()]


def values(answer: Answer, kind: str) -> list[str]:
    return [signal.value for signal in answer.signals if signal.type == kind]


def md5(film: Path) -> str:
    with film.open("rb") as file:
        return hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
