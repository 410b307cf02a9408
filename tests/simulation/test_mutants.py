"""The schedules find what is broken: each mutant dies, and of what it should."""

import pytest

from tests.simulation.broken import Broken
from tests.simulation.mutants import MUTANTS
from tests.simulation.schedule import Schedule

SCHEDULES = 300
"""Within so many of those that the genuine code passes."""


@pytest.mark.parametrize("name", MUTANTS)
def test_a_mutant_dies_of_what_it_breaks_where_the_genuine_code_lives(name: str) -> None:
    mutant = MUTANTS[name]
    for seed in range(SCHEDULES):
        try:
            with mutant.at_work():
                Schedule(seed).run()
        except Broken as found:
            assert found.invariant in mutant.found_by
            break
    else:
        pytest.fail("it lives")
    Schedule(seed).run()
