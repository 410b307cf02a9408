"""Some hundred smaller schedules over moto: boto3's own client, and least rights."""

from collections.abc import Iterator
from functools import partial

import pytest

from tests.simulation.moto import Cloud, MotoWorld, cloud
from tests.simulation.schedule import Schedule

SCHEDULES = 200
A_CHUNK = 20


@pytest.fixture(scope="module")
def aws() -> Iterator[Cloud]:
    with cloud() as made:
        yield made


@pytest.mark.parametrize("first", range(0, SCHEDULES, A_CHUNK))
def test_every_invariant_holds_over_moto_too(aws: Cloud, first: int) -> None:
    for seed in range(first, first + A_CHUNK):
        schedule = Schedule(seed, partial(MotoWorld, aws), small=True)
        try:
            schedule.run()
            schedule.world.check_tables()
        except BaseException as error:
            error.add_note(f"seed {seed}")
            raise
