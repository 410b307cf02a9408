"""Which seeds to run: all, in chunks, or the one that `SCHEDULE` in the environment names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


def chunks(schedules: int, size: int) -> list[range]:
    """Return the seeds of so many schedules, some at a time."""
    if one := os.environ.get("SCHEDULE"):
        return [range(int(one), int(one) + 1)]
    return [range(first, first + size) for first in range(0, schedules, size)]


@contextmanager
def named(seed: int, tests: str) -> Iterator[None]:
    """Let a failure say how this seed is run again."""
    try:
        yield
    except BaseException as error:
        error.add_note(f"again: SCHEDULE={seed} .venv/bin/pytest tests/simulation/{tests}.py")
        raise
