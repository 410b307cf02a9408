"""In a private window of Firefox a picture hashes as anywhere: our own page advises to use one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import firefox
from tests.hashing.corpus import upright_rgb
from tests.hashing.harness import Harness
from tests.hashing.oracle import pdq_of

PRIVATE = {"browser.privatebrowsing.autostart": True}
"""Every window is a private one, with the protection against fingerprinting that these have."""


@pytest.fixture
def private_window(address: str) -> Iterator[Harness]:
    with firefox.launched(PRIVATE) as driver:
        yield Harness(driver, address)


def test_a_private_window_hashes_as_the_reference(
    private_window: Harness, corpus: list[Path]
) -> None:
    files = corpus[::8]

    hashed = {
        file: (answer.hash, answer.quality)
        for file, answer in zip(files, private_window.hash(files), strict=True)
        if answer.kind == "hashed"
    }

    assert len(hashed) >= 8
    assert hashed == {file: pdq_of(upright_rgb(file)) for file in hashed}
