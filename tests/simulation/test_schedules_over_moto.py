"""Some hundred smaller schedules over moto: boto3's own client, and least rights."""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.simulation.moto import Cloud, MotoWorld, cloud
from tests.simulation.schedule import Schedule
from tests.simulation.seeds import chunks, named

SCHEDULES = 200


@pytest.fixture(scope="module")
def aws() -> Iterator[Cloud]:
    with cloud() as made:
        yield made


@pytest.mark.parametrize("seeds", chunks(SCHEDULES, 20), ids=str)
def test_every_invariant_holds_over_moto_too(aws: Cloud, seeds: range) -> None:
    for seed in seeds:
        with named(seed, "test_schedules_over_moto"):
            schedule = Schedule(seed, partial(MotoWorld, aws), small=True)
            schedule.run()
            schedule.world.check_tables()
