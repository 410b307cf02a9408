"""Which hashes of the bank a picture is close to: exact Hamming search over 256-bit hashes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

MATCH_DISTANCE = 31
"""Two PDQ hashes at most this many bits apart show the same picture.

Source: PDQ_CONFIDENT_MATCH_THRESHOLD of the reference tools (a test compares)."""

MIN_QUALITY = 50
"""A picture below this is too plain for its hash to mean anything.

Source: PdqSignal.QUALITY_THRESHOLD of the reference tools (a test compares)."""

PDQ = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Match:
    """A hash of the bank, and how many bits it is away."""

    value: str
    distance: int


class PdqIndex:
    """An unchanging set of PDQ hashes: a million are searched in about 30 ms."""

    def __init__(self, values: Sequence[str]) -> None:
        self._values = [value for value in values if PDQ.fullmatch(value)]
        self._words = _words("".join(self._values))

    def __len__(self) -> int:
        return len(self._values)

    def search(self, value: str, distance: int = MATCH_DISTANCE) -> list[Match]:
        """Find all hashes within `distance` bits of `value` (64 hex digits), nearest first."""
        differing = np.bitwise_count(self._words ^ _words(value))
        distances = differing.sum(axis=1, dtype=np.uint16)
        near = np.flatnonzero(distances <= distance)
        matches = [Match(self._values[row], int(distances[row])) for row in near]
        return sorted(matches, key=lambda match: (match.distance, match.value))


def _words(digits: str) -> np.ndarray[tuple[int, int], np.dtype[np.uint64]]:
    return np.frombuffer(bytes.fromhex(digits), dtype=np.uint64).reshape(-1, 4)
