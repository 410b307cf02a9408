"""How often two pictures match that have nothing to do with each other."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench.edits.measured import Measured, distances
from bench.edits.recall import DEVICE, MATCH
from bench.table import Table

BITS = 256
CERTAIN = 3.0
"""None in n means fewer than this many in n, with 95 % certainty."""


def strangers_table(hashes: Measured) -> Table:
    every = list(range(hashes.looked_up.shape[2]))
    return Table(
        f"False matches at distance {MATCH} between different photographs",
        "Every edited copy of each photograph against what is stored of every other. By the tail: "
        "what a normal distribution of the same mean and deviation would give, per million.",
        ("", "compared", "matches", "per million", "nearest", "mean", "SD", "by the tail"),
        [
            _row("upright, one lookup", hashes, [0], [0]),
            _row("all, one lookup", hashes, DEVICE, [0]),
            _row("upright, 24 lookups", hashes, [0], every),
            _row("all, 24 lookups", hashes, DEVICE, every),
        ],
    )


def _row(
    name: str, hashes: Measured, stored: Sequence[int], lookups: Sequence[int]
) -> tuple[str, ...]:
    counts = _histogram(hashes, stored, lookups)
    values, total = np.arange(BITS + 1), int(counts.sum())
    mean = float((values * counts).sum() / total)
    deviation = math.sqrt(float(((values - mean) ** 2 * counts).sum() / total))
    matches = int(counts[: MATCH + 1].sum())
    tail = 1e6 * math.erfc((mean - MATCH - 0.5) / deviation / math.sqrt(2)) / 2
    rate = f"{1e6 * matches / total:.2f}" if matches else f"< {1e6 * CERTAIN / total:.2g}"
    figures = (f"{np.flatnonzero(counts)[0]}", f"{mean:.1f}", f"{deviation:.1f}", f"{tail:.0e}")
    return name, f"{total / 1e6:.1f} M", f"{matches}", rate, *figures


def _histogram(
    hashes: Measured, stored: Sequence[int], lookups: Sequence[int]
) -> NDArray[np.int64]:
    """Count the distances, 0 to 256, over all pairs of different photographs."""
    counts = np.zeros(BITS + 1, dtype=np.int64)
    for number, own in enumerate(hashes.looked_up[:, :, lookups]):
        others = np.delete(hashes.stored[:, stored], number, axis=0).reshape(-1, 1, 4)
        far = distances(others, own.reshape(1, -1, 4))
        counts += np.bincount(far.ravel(), minlength=BITS + 1)
    return counts
