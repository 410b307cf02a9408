"""A seed is a schedule: the same calls in the same order, whatever Python's own hashes are."""

import hashlib
import os
import subprocess
import sys

from tests.simulation.schedule import Schedule

SEEDS = range(5_000, 5_006)

OTHER = """
import pathlib, sys, tempfile
from tests.register import registered
from tests.simulation.schedule import REGISTER
from tests.simulation.test_reproducible import digest
with registered(pathlib.Path(tempfile.mkdtemp()), *REGISTER):
    print("digest", digest())
"""


def digest() -> str:
    traces = []
    for seed in SEEDS:
        schedule = Schedule(seed)
        schedule.run()
        traces += schedule.stage.trace
    return hashlib.sha256("\n".join(traces).encode()).hexdigest()


def test_the_same_seed_gives_the_same_schedule_in_another_process() -> None:
    told = subprocess.check_output(
        [sys.executable, "-c", OTHER], env=os.environ | {"PYTHONHASHSEED": "7"}, text=True
    )

    assert f"digest {digest()}" in told
