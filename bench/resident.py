"""How much memory the browser's pages take: what the system says of its renderers, over a while."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

EVERY = 0.02
"""Seconds between two looks: a decoded picture lives longer."""


@dataclass
class Resident:
    """Megabytes, of all renderers of this process's browsers together."""

    before: float
    peak: float

    @property
    def added(self) -> float:
        return self.peak - self.before


@contextmanager
def watched() -> Iterator[Resident]:
    """Look again and again until the block ends; the answer is complete after it."""
    now = _resident()
    resident, over = Resident(now, now), Event()

    def look() -> None:
        while not over.wait(EVERY):
            resident.peak = max(resident.peak, _resident())

    thread = Thread(target=look)
    thread.start()
    try:
        yield resident
    finally:
        over.set()
        thread.join()


def _resident() -> float:
    pages = sum(_pages(process) for process in _descendants(os.getpid()))
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def _pages(process: int) -> int:
    folder = Path("/proc", str(process))
    try:
        if b"--type=renderer" not in (folder / "cmdline").read_bytes():
            return 0
        return int((folder / "statm").read_text().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0


def _descendants(process: int) -> Iterator[int]:
    for task in Path("/proc", str(process), "task").glob("*/children"):
        try:
            children = [int(child) for child in task.read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
        for child in children:
            yield child
            yield from _descendants(child)
