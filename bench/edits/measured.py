"""Hashes of every photograph: what a device would store, and what a partner would look up."""

from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bench.edits.edits import edits
from bench.edits.uploads import Hashes, hash_of, lookups
from bench.edits.variants import CHOSEN, LEFT_OUT

CANDIDATES = {**CHOSEN, **LEFT_OUT}
WORKERS = 2


@dataclass(frozen=True)
class Measured:
    """Hashes by photograph.

    `stored` goes on by candidate, `looked_up` by edit and then by lookup; words come last.
    """

    stored: Hashes
    looked_up: Hashes


def measured(photographs: dict[str, Image.Image]) -> Measured:
    with ProcessPoolExecutor(WORKERS) as pool:
        hashed = list(pool.map(_hashed, photographs.values(), chunksize=4))
    stored, looked_up = zip(*hashed, strict=True)
    return Measured(np.stack(stored), np.stack(looked_up))


def distances(stored: Hashes, looked_up: Hashes) -> NDArray[np.uint16]:
    """Return how many of 256 bits differ, between hashes whose shapes fit each other."""
    return np.asarray(np.bitwise_count(stored ^ looked_up).sum(axis=-1, dtype=np.uint16))


def _hashed(photograph: Image.Image) -> tuple[Hashes, Hashes]:
    stored = [hash_of(variant(photograph)) for variant in CANDIDATES.values()]
    return np.stack(stored), np.stack([lookups(edit(photograph)) for _, _, edit in edits()])
