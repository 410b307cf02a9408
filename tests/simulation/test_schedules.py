"""Thousands of schedules on tables in memory. A failure names its seed."""

import os

import pytest

from tests.simulation.schedule import Schedule

SCHEDULES = 2_000
A_CHUNK = 100

SEED = os.environ.get("SCHEDULE")
"""One seed to run again: `SCHEDULE=1234 pytest tests/simulation -k one_seed`."""


def run(seed: int) -> None:
    try:
        Schedule(seed).run()
    except BaseException as error:
        error.add_note(f"run again by: SCHEDULE={seed} pytest tests/simulation -k one_seed")
        raise


@pytest.mark.parametrize("first", range(0, SCHEDULES, A_CHUNK))
def test_whatever_happens_every_invariant_holds(first: int) -> None:
    for seed in range(first, first + A_CHUNK):
        run(seed)


@pytest.mark.skipif(SEED is None, reason="no seed given")
def test_one_seed() -> None:
    assert SEED is not None
    run(int(SEED))
