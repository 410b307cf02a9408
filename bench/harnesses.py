"""The harness page in each browser that is measured, and the photographs that it is given."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import numpy as np
from PIL import Image

from tests import chromium, firefox
from tests.hashing.corpus import TWELVE_MEGAPIXELS, write_photograph
from tests.hashing.harness import Harness


@contextmanager
def in_chromium(address: str) -> Iterator[Harness]:
    with chromium.launched() as browser:
        yield Harness(chromium.Tab(browser.new_page()), address)


@contextmanager
def in_firefox(address: str) -> Iterator[Harness]:
    with firefox.launched() as driver:
        yield Harness(driver, address)


BROWSERS: dict[str, Callable[[str], AbstractContextManager[Harness]]] = {
    "Chromium": in_chromium,
    "Firefox": in_firefox,
}


def photograph(folder: Path) -> Path:
    """Write a photograph of 12 megapixels, as a phone takes it."""
    path = folder / "12-megapixels.jpg"
    write_photograph(path, TWELVE_MEGAPIXELS)
    return path


def large_photograph(folder: Path) -> Path:
    """Write a photograph of 48 megapixels: the other one, four times."""
    path = folder / "48-megapixels.jpg"
    with Image.open(photograph(folder)) as quarter:
        Image.fromarray(np.tile(np.asarray(quarter), (2, 2, 1))).save(path, quality=90)
    return path
