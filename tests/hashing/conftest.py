"""One browser and one corpus for all tests of hashing."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.hashing.corpus import TWELVE_MEGAPIXELS, write_corpus, write_photograph
from tests.hashing.harness import Harness, open_harness


@pytest.fixture(scope="session")
def harness(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Harness]:
    with open_harness(tmp_path_factory.mktemp("harness"), browser) as harness:
        yield harness


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
