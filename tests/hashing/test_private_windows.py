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

NOISY = {
    **PRIVATE,
    "privacy.fingerprintingProtection": True,
    "privacy.fingerprintingProtection.pbmode": True,
    "privacy.fingerprintingProtection.overrides": (
        "+CanvasRandomization,-EfficientCanvasRandomization"
    ),
}
"""A canvas is read back with some colours off by one, different in every session."""

RESISTING = {"privacy.resistFingerprinting": True}
"""A canvas is read back as noise, and there are no video frames. Tor Browser sets this."""


@pytest.fixture(params=[PRIVATE, NOISY], ids=["private", "noisy"])
def private_window(request: pytest.FixtureRequest, address: str) -> Iterator[Harness]:
    with firefox.launched(request.param) as driver:
        yield Harness(driver, address)


@pytest.fixture
def resisting_window(address: str) -> Iterator[Harness]:
    with firefox.launched(RESISTING) as driver:
        yield Harness(driver, address)


def test_a_private_window_hashes_as_the_reference(
    private_window: Harness, corpus: list[Path]
) -> None:
    turned = [file for file in corpus if file.name.startswith("turned-")]
    files = [*corpus[::8], *turned]

    hashed = {
        file: (answer.hash, answer.quality)
        for file, answer in zip(files, private_window.hash(files), strict=True)
        if answer.kind == "hashed"
    }

    assert turned
    assert len(hashed) >= 15
    assert hashed == {file: pdq_of(upright_rgb(file)) for file in hashed}


def test_a_browser_that_shows_pages_false_pixels_gives_no_hash(
    resisting_window: Harness, corpus: list[Path]
) -> None:
    told = resisting_window.hash(corpus[::8])

    assert {answer.reason for answer in told} == {"scrambled"}
