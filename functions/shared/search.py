"""Finding where something begins to hold in a long row, in as few questions as can be.

One question is about many places at once, for a store answers a hundred as quickly as one.
"""

from collections.abc import Callable, Collection, Sequence

MOST_PLACES = 100
"""Places that one question is about: what DynamoDB reads in one batch."""

Holding = Callable[[Sequence[int]], Collection[int]]
"""Takes places in ascending order; returns those of them at which it holds."""


def first_place(last: int, holding: Holding) -> int:
    """Return the first place of 1 to `last` at which it holds; from there on it holds everywhere.

    At `last` it is known to hold. The first question is about the beginning, and about places ever
    further from the end: most readers know nothing yet, or nearly everything. In a row of 100,000
    they need one or two questions and nobody more than four; each after the first narrows the rest
    to a hundredth.
    """
    before, found = 0, last
    places = _at_both_ends(last)
    while places:
        held = set(holding(places))
        found = min(held, default=found)
        before = max((place for place in places if place < found), default=before)
        places = _evenly_between(before, found)
    return found


def _at_both_ends(last: int) -> list[int]:
    """Return 1, and what lies 1, 2, 4, 8 … places before the end."""
    distances = (2**power for power in range(last.bit_length()))
    return sorted({1, *(last - distance for distance in distances)} - {0, last})


def _evenly_between(before: int, found: int) -> list[int]:
    """Return places that cut what lies between into parts, as few as need no more questions."""
    size = found - before
    most = MOST_PLACES + 1
    questions = next(many for many in range(size) if most**many >= size) if size > 1 else 0
    parts = next((each for each in range(2, most) if each**questions >= size), most)
    cuts = (before + size * part // parts for part in range(1, parts))
    return sorted(set(cuts) - {before, found})
