"""Waits for something that other processes bring about."""

import threading
import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE = 30.0
"""Seconds. A system that needs longer than this is broken; one that is quicker costs less."""


def eventually(
    read: Callable[[], T], holds: Callable[[T], bool] = bool, patience: float = PATIENCE
) -> T:
    """Read again and again until what is read holds, and return it; give up after `patience`."""
    deadline = time.monotonic() + patience
    pause = threading.Event()
    while not holds(seen := read()):
        assert time.monotonic() < deadline, f"still not so after {patience} s: {seen!r}"
        pause.wait(0.1)
    return seen
