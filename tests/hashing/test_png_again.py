"""Law: a picture's hash does not change when a file is written as PNG, however that is done."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.hashing.corpus import upright_rgb
from tests.hashing.harness import Harness
from tests.hashing.kinds.png import COLOUR, png

ORIGINALS = ("turned-6.jpg", "webp-lossy-coffee.png.webp", "resized-rocket.jpg.jpg")


@pytest.fixture
def originals(corpus: list[Path]) -> list[Path]:
    found = [file for file in corpus if file.name in ORIGINALS]
    assert len(found) == len(ORIGINALS)
    return found


def test_a_picture_hashes_alike_after_it_was_written_as_png(
    harness: Harness, originals: list[Path], tmp_path: Path
) -> None:
    for original in originals:
        copies = list(_copies(original, tmp_path))

        first, *others = harness.hash([original, *copies])

        assert first.kind == "hashed"
        assert {(other.hash, other.quality) for other in others} == {(first.hash, first.quality)}


def _copies(original: Path, folder: Path) -> Iterator[Path]:
    """Write its pixels with more and less effort, with and without filters, and interlaced."""
    pixels = upright_rgb(original)
    for effort in (0, 1, 9):
        copy = folder / f"{original.stem}-{effort}.png"
        Image.fromarray(pixels).save(copy, compress_level=effort)
        yield copy
    for interlaced in (False, True):
        copy = folder / f"{original.stem}-unfiltered-{interlaced}.png"
        copy.write_bytes(png(pixels.astype(np.uint16), 8, COLOUR, interlaced))
        yield copy
