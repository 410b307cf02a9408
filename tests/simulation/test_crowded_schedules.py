"""The same schedules where a hash knows one link by name, and only counts everybody else."""

import pytest

from functions.shared import bank
from tests.simulation.schedule import Schedule
from tests.simulation.seeds import chunks, named

SCHEDULES = 100


@pytest.mark.parametrize("seeds", chunks(SCHEDULES, 50), ids=str)
def test_every_invariant_holds_behind_a_crowd(
    seeds: range, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bank, "MOST_LINKS", 1)
    for seed in seeds:
        with named(seed, "test_crowded_schedules"):
            Schedule(seed).run()
