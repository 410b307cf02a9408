"""The schedules find what is broken: each mutant dies, and of what it should."""

import pytest

from tests.simulation.broken import Broken
from tests.simulation.mutants import MUTANTS, Mutant
from tests.simulation.schedule import Schedule

SCHEDULES = 300
"""Within so many of those that the genuine code passes."""


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_dies_of_what_it_breaks_where_the_genuine_code_lives(name: str) -> None:
    seed, found_by = death_of(MUTANTS[name])

    assert found_by in MUTANTS[name].found_by
    for genuine in range(seed + 1):
        Schedule(genuine).run()


def death_of(mutant: Mutant) -> tuple[int, str]:
    """Return the first seed that a mutant does not live through, and the invariant it broke."""
    for seed in range(SCHEDULES):
        with mutant.at_work():
            try:
                Schedule(seed).run()
            except Broken as found:
                return seed, found.invariant
    pytest.fail("it lives")
