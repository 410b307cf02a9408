"""The processes that another one started: from the kernel on Linux, and from `ps` elsewhere.

A bare Linux has no `ps`; every other system that Python runs on, except Windows, has.
"""

import subprocess
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

KERNEL = Path("/proc")


def part_of(parent: int, module: str) -> int:
    """Return the one process that `parent` started to run `module`."""
    [found] = (
        process
        for process, its_parent, command in _running()
        if its_parent == parent and module in command
    )
    return found


def _running() -> Iterator[tuple[int, int, str]]:
    """Yield the id, the parent's id and the command line of each process."""
    return _told_by_kernel() if (KERNEL / "self" / "stat").exists() else _told_by_ps()


def _told_by_kernel() -> Iterator[tuple[int, int, str]]:
    for process in KERNEL.glob("[0-9]*"):
        with suppress(FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            # The name in brackets may hold anything, a bracket too; the parent is second after it.
            _, parent, *_ = (process / "stat").read_text().rpartition(")")[2].split()
            command = (process / "cmdline").read_text().replace("\0", " ")
            yield int(process.name), int(parent), command


def _told_by_ps() -> Iterator[tuple[int, int, str]]:
    listed = subprocess.check_output(["ps", "-axww", "-o", "pid=,ppid=,command="], text=True)  # noqa: S607
    for line in listed.splitlines():
        process, parent, command = line.split(maxsplit=2)
        yield int(process), int(parent), command
