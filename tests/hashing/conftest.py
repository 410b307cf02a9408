"""The browsers and the one corpus of all tests of hashing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests import firefox
from tests.chromium import Tab
from tests.hashing.corpus import TWELVE_MEGAPIXELS, write_corpus, write_photograph
from tests.hashing.harness import Harness, served_harness


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where the harness page is."""
    with served_harness(tmp_path_factory.mktemp("harness")) as address:
        yield address


@pytest.fixture(scope="session")
def chromium_page(browser: Browser) -> Iterator[Page]:
    """Return the page of `in_chromium`, for what no other browser lets a test do."""
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture(scope="session")
def in_chromium(address: str, chromium_page: Page) -> Harness:
    return Harness(Tab(chromium_page), address)


@pytest.fixture(scope="session")
def in_firefox(address: str) -> Iterator[Harness]:
    with firefox.launched() as driver:
        yield Harness(driver, address)


@pytest.fixture(scope="session", params=["chromium", "firefox"])
def harness(request: pytest.FixtureRequest) -> Harness:
    """Return one browser after the other: a test that takes this runs in all of them."""
    opened: Harness = request.getfixturevalue(f"in_{request.param}")
    return opened


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return write_corpus(tmp_path_factory.mktemp("corpus"))


@pytest.fixture(scope="session")
def photographs(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Four pictures that each take long enough to be interrupted."""
    folder = tmp_path_factory.mktemp("photographs")
    files = [folder / f"{number}.jpg" for number in range(4)]
    write_photograph(files[0], TWELVE_MEGAPIXELS)
    for copy in files[1:]:
        copy.write_bytes(files[0].read_bytes())
    return files
