"""In a real browser every HEIC hashes as Pillow's decode of it does with the reference package."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from tests.hashing.bad_files import PICTURE
from tests.hashing.harness import Harness
from tests.hashing.heic_files import (
    stored_heic,
    upright_heic,
    write_damaged_heics,
    write_heic_files,
    write_huge_heic,
)
from tests.hashing.oracle import pdq_of
from tests.hashing.sabotage import sabotaged
from tests.hashing.test_broken_workers import NO_WEBASSEMBLY

LIBRARY = "**/*libheif*"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_heic_files(tmp_path_factory.mktemp("heic"))


def test_hash_and_quality_are_those_of_pillow_s_decode(harness: Harness, files: list[Path]) -> None:
    told = dict(zip(files, harness.hash(files), strict=True))

    assert {file.name: (answer.hash, answer.quality) for file, answer in told.items()} == {
        file.name: pdq_of(upright_heic(file)) for file in files
    }


def test_one_that_lies_otherwise_in_its_file_is_also_hashed_as_it_lies(
    harness: Harness, files: list[Path]
) -> None:
    turned = [file for file in files if file.name.startswith("orientation-")][1:]

    told = dict(zip(turned, harness.hash(turned), strict=True))

    assert {
        file.name: [
            (signal.value, signal.quality)
            for signal in answer.signals
            if signal.variant == "stored"
        ]
        for file, answer in told.items()
    } == {file.name: [pdq_of(stored_heic(file))] for file in turned}


def test_one_whose_header_states_too_many_pixels_is_refused(
    harness: Harness, tmp_path: Path
) -> None:
    [told] = harness.hash([write_huge_heic(tmp_path)])

    assert told.reason == "too-large"


def test_a_damaged_one_is_refused_and_the_next_one_hashed(
    harness: Harness, files: list[Path], tmp_path: Path
) -> None:
    damaged = write_damaged_heics(tmp_path)

    told = harness.hash([*damaged, files[0]])

    assert [answer.reason for answer in told] == ["unreadable"] * len(damaged) + [None]


def test_the_decoder_is_fetched_when_one_is_chosen_and_not_before(
    in_chromium: Harness, chromium_page: Page, files: list[Path], tmp_path: Path
) -> None:
    other = tmp_path / "other.png"
    PICTURE.save(other)
    fetched: list[str] = []
    chromium_page.on("request", lambda request: fetched.append(request.url))

    in_chromium.hash([other])
    before = [url for url in fetched if "libheif" in url]
    in_chromium.hash(files[:1])

    assert before == []
    assert any("libheif" in url for url in fetched)


def test_without_a_network_it_is_not_loaded_and_afterwards_it_is(
    in_chromium: Harness, chromium_page: Page, files: list[Path]
) -> None:
    def offline(route: Route) -> None:
        route.abort("internetdisconnected")

    chromium_page.context.route(LIBRARY, offline)
    without = in_chromium.hash(files[:1])
    chromium_page.context.unroute(LIBRARY, offline)
    afterwards = in_chromium.hash(files[:1])

    assert [answer.reason for answer in without] == ["not-loaded"]
    assert [answer.kind for answer in afterwards] == ["hashed"]


def test_without_webassembly_it_is_refused_for_good_and_other_pictures_are_hashed(
    browser: Browser, address: str, files: list[Path], tmp_path: Path
) -> None:
    other = tmp_path / "other.jpg"
    PICTURE.save(other)
    with sabotaged(browser, address, NO_WEBASSEMBLY) as lacking:
        lacking.begin([files[0], other])

        assert [(told.kind, told.reason) for told in lacking.end(2)] == [
            ("refused", "unsupported"),
            ("hashed", None),
        ]
