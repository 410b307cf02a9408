"""Films as phones and cameras make them: turned, very large, or in a codec that nobody knows."""

import struct
from fractions import Fraction
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.hashing.harness import Harness
from tests.hashing.oracle import distance
from tests.video.films import Film, shoot
from tests.video.oracle import frames_of
from tests.video.vectors import FOLDER

FILM = FOLDER / "h264-30.mp4"

MATRIX = 40
"""Bytes from the name of a track's header to its matrix. Source: ISO 14496-12, 8.3.2."""
QUARTER_TURN = struct.pack(">9i", 0, 1 << 16, 0, -1 << 16, 0, 0, 0, 0, 1 << 30)


def test_a_film_that_is_shown_turned_is_hashed_as_it_is_stored(
    harness: Harness, tmp_path: Path
) -> None:
    turned = tmp_path / "turned.mp4"
    film = bytearray(FILM.read_bytes())
    at = film.index(b"tkhd") + MATRIX
    film[at : at + len(QUARTER_TURN)] = QUARTER_TURN
    turned.write_bytes(film)

    told, plain = (
        [signal for signal in answer.signals if signal.type == "VideoPDQ"]
        for answer in harness.hash([turned, FILM])
    )

    assert frames_of(turned) == frames_of(FILM)
    assert told == plain


def test_frames_of_eight_megapixels_are_hashed(harness: Harness, tmp_path: Path) -> None:
    film = shoot(Film("h264", Fraction(24), (3840, 2160), 0.25), tmp_path)
    (answer,) = harness.hash([film])

    [wanted] = frames_of(film)
    [told] = [signal.value for signal in answer.signals if signal.type == "VideoPDQ"]
    assert distance(told, wanted.hash) <= 2


@pytest.mark.parametrize("codec", [b"zzzz", b"mp4v"])
def test_of_a_codec_that_no_browser_has_the_console_hears_nothing(
    in_chromium: Harness, chromium_page: Page, tmp_path: Path, codec: bytes
) -> None:
    unknown = tmp_path / "unknown.mp4"
    unknown.write_bytes(FILM.read_bytes().replace(b"avc1", codec))
    complaints: list[str] = []
    chromium_page.on("console", lambda message: complaints.append(message.text))
    (answer,) = in_chromium.hash([unknown])

    assert answer.limits == ("exact-copies-only",)
    assert complaints == []
