"""How often an edited copy is found, by what the device stores and what the partner looks up."""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from bench.edits.edits import edits
from bench.edits.measured import CANDIDATES, Measured, distances
from bench.edits.uploads import UPRIGHT
from bench.edits.variants import CHOSEN, LEFT_OUT
from bench.table import Table

MATCH = 31
NAMES = list(CANDIDATES)
DEVICE = [NAMES.index(name) for name in CHOSEN]
FAMILIES = [family for family, _, _ in edits()]

Found = NDArray[np.bool_]
"""By photograph, candidate, edit and lookup."""


def found(hashes: Measured) -> Found:
    """Compare each photograph's candidates with the lookups of its own edited copies."""
    stored, looked_up = hashes.stored[:, :, None, None], hashes.looked_up[:, None]
    return distances(stored, looked_up) <= MATCH


def recall(hits: Found, stored: Sequence[int], lookups: Sequence[int]) -> dict[str, float]:
    """Return what part of a family's copies is found, 0 to 1."""
    share = hits[:, stored][..., lookups].any(axis=(1, 3)).mean(axis=0)
    return {
        family: float(share[[each == family for each in FAMILIES]].mean())
        for family in dict.fromkeys(FAMILIES)
    }


def edits_table(hits: Found) -> Table:
    every = list(range(hits.shape[3]))
    strategies = [
        recall(hits, [0], [0]),
        *(recall(hits, [0, number], [0]) for number in DEVICE[1:]),
        recall(hits, DEVICE, [0]),
        recall(hits, [0], UPRIGHT),
        recall(hits, [0], every),
        recall(hits, DEVICE, every),
    ]
    return Table(
        f"Edited copies found at distance {MATCH}, per cent",
        "The device stores the upright hash, that and one more, or all of them; the partner looks "
        "up the upload's one hash, also trimmed, or also trimmed, turned and mirrored.",
        ("", "upright", *(f"+{name}" for name in list(CHOSEN)[1:]), "all", "trim", "turn", "both"),
        [
            (family, *(f"{100 * each[family]:.0f}" for each in strategies))
            for family in dict.fromkeys(FAMILIES)
        ],
    )


def candidates_table(hits: Found) -> Table:
    return Table(
        "What one more hash adds, percentage points of a family of edits",
        "Each on top of the upright hash alone, for a partner that looks up one hash; then the "
        "ones left out on top of all that were chosen. Only families that gain a point are named.",
        ("", "gains"),
        [
            *((name, _gains(hits, [0], name)) for name in list(CHOSEN)[1:]),
            *((f"{name} (left out)", _gains(hits, DEVICE, name)) for name in LEFT_OUT),
        ],
    )


def _gains(hits: Found, stored: list[int], name: str) -> str:
    before = recall(hits, stored, [0])
    after = recall(hits, [*stored, NAMES.index(name)], [0])
    return ", ".join(_gained(before, after)) or "nothing"


def _gained(before: dict[str, float], after: dict[str, float]) -> Iterator[str]:
    for family, share in after.items():
        if (points := 100 * (share - before[family])) >= 1:
            yield f"{family} {points:+.0f}"
