"""What a partner can look up of one upload: its own hash, or also turned, mirrored and trimmed."""

from itertools import takewhile

import numpy as np
import pdqhash
from numpy.typing import NDArray
from PIL import Image

Hashes = NDArray[np.uint64]
"""One hash a row, as four words."""

Rows = NDArray[np.int16]

ORIENTATIONS = 8

TRIMS = ((0.98, 6), (0.60, 12))
"""How much of a row has to be how near its ground, in grey levels of 255, to be border.

The first finds plain borders, with the noise of JPEG; the second also rows with writing or buttons.
"""

UPRIGHT = [ORIENTATIONS * number for number in range(1 + len(TRIMS))]
"""Of `lookups`, those that are neither turned nor mirrored."""


def hash_of(picture: Image.Image) -> Hashes:
    bits, _ = pdqhash.compute(np.asarray(picture))
    return _words([bits]).reshape(4)


def lookups(upload: Image.Image) -> Hashes:
    """Return 24 hashes: the eight orientations of the upload as it is, then of both trimmed."""
    versions = (upload, *(trimmed(upload, *trim) for trim in TRIMS))
    # A trim that took nothing away has nothing new to hash.
    hashed = {size: _orientations(each) for size, each in {it.size: it for it in versions}.items()}
    return np.concatenate([hashed[version.size] for version in versions])


def trimmed(picture: Image.Image, share: float, near: int) -> Image.Image:
    """Take away the rows at the edges that are border, then the columns.

    Keeps all of a direction in which less than a tenth would stay: that is a picture of one colour.
    """
    rows = np.asarray(picture, dtype=np.int16)
    top, bottom = _inside(rows, share, near)
    left, right = _inside(rows[top:bottom].swapaxes(0, 1), share, near)
    return picture.crop((left, top, right, bottom))


def _inside(rows: Rows, share: float, near: int) -> tuple[int, int]:
    length = len(rows)
    before, after = (_border(seen, share, near) for seen in (rows, rows[::-1]))
    return (before, length - after) if before + after < 0.9 * length else (0, length)


def _border(rows: Rows, share: float, near: int) -> int:
    """Count the first rows that are of one ground: the colour most of the very first is of."""
    ground = np.median(rows[0], axis=0)
    plain = ((np.abs(row - ground).max(axis=1) <= near).mean() >= share for row in rows)
    return sum(1 for _ in takewhile(bool, plain))


def _orientations(picture: Image.Image) -> Hashes:
    """Turn the frequencies instead of the pixels, as PDQ's own tools do: eight hashes for one."""
    bits, _ = pdqhash.compute_dihedral(np.asarray(picture))
    return _words(bits)


def _words(hashes: object) -> Hashes:
    return np.packbits(np.asarray(hashes, dtype=np.uint8), axis=1).view(np.uint64)
