"""How `make test` shares the tests out among processes: what needs the same thing stays together.

Two running systems, or two of each browser, would cost more than two processes gain. What is
dear is collected first, so the files of quick tests fill the gaps at the end.
"""

import os
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

TOGETHER = {
    "contract": "the system",
    "journey": "the system",
    "hashing": "the browsers",
    "video": "the browsers",
    "wiring": "the template",
}
"""What the tests of a folder share; the tests of other folders share no more than their file."""


MOST_PROCESSES = 3
"""What is shared makes three long parts; a fourth process would have quick tests only."""


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Return one more than there are cores: a third of the time tests wait for something."""
    return min((os.cpu_count() or 1) + 1, MOST_PROCESSES)


class ByNeed(LoadScopeScheduling):  # type: ignore[misc] # xdist has no types
    """Gives a process all tests that share something, and the next ones when it is through."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return TOGETHER.get(file.split("/")[1], file)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByNeed:
    """Share out in the order in which the tests were collected."""
    config.option.loadscopereorder = False
    return ByNeed(config, log)
