"""Thousands of schedules on tables in memory. A failure names its seed."""

import pytest

from tests.simulation.schedule import Schedule
from tests.simulation.seeds import chunks, named

SCHEDULES = 2_000


@pytest.mark.parametrize("seeds", chunks(SCHEDULES, 100), ids=str)
def test_whatever_happens_every_invariant_holds(seeds: range) -> None:
    for seed in seeds:
        with named(seed, "test_schedules"):
            Schedule(seed).run()
