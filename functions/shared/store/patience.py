"""How often, and after which pauses, a write that met a rival is tried again."""

import random
import time
from collections.abc import Callable, Iterator
from typing import TypeVar

from functions.shared.errors import Conflict, TryAgain

MOST_ATTEMPTS = 8
FIRST_PAUSE = 0.02
"""Seconds; doubled each time, with full jitter, so that rivals drift apart. At most 5 s in all."""

T = TypeVar("T")


def attempts() -> Iterator[int]:
    """Yield attempt numbers from 0, pausing before each but the first."""
    for attempt in range(MOST_ATTEMPTS):
        if attempt:
            time.sleep(random.uniform(0, FIRST_PAUSE * 2**attempt))  # noqa: S311 - spreads rivals, no secret
        yield attempt


def until_it_holds(change: Callable[[], T]) -> T:
    """Read, decide and write anew until no rival write comes between.

    Raises:
        TryAgain: rivals won every time. Nothing was written.
    """
    for _ in attempts():
        try:
            return change()
        except Conflict:
            continue
    raise TryAgain
