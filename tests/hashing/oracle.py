"""The reference that every hash of this project is measured against."""

from importlib.metadata import version
from typing import NamedTuple

import numpy as np
import pdqhash
from numpy.typing import NDArray

from tests.hashing.drawings import Rgb

SOURCE = f"pdqhash {version('pdqhash')}"


class Pdq(NamedTuple):
    """64 hexadecimal digits, and 0 to 100."""

    hash: str
    quality: int


def pdq_of(picture: Rgb) -> Pdq:
    bits, quality = pdqhash.compute(picture)
    return Pdq(np.packbits(bits.astype(np.uint8)).tobytes().hex(), int(quality))


def frequencies_of(picture: Rgb) -> NDArray[np.float32]:
    """Return the 256 numbers before they become bits, the lowest frequency first."""
    backwards, _ = pdqhash.compute_float(picture)
    return np.asarray(backwards[::-1], dtype=np.float32)


def distance(one: str, other: str) -> int:
    """Return how many of 256 bits differ."""
    return (int(one, 16) ^ int(other, 16)).bit_count()
