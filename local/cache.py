"""Things that are costly to make, in a folder: each made once and read by many, also at a time."""

import contextlib
import fcntl
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path


@contextlib.contextmanager
def kept(cache: Path, name: str, make: Callable[[Path], None]) -> Iterator[Path]:
    """Give what is kept under `name`, for as long as the block lasts; `make(path)` makes it.

    Whatever had another name before is removed, but not while anybody uses anything in the cache.
    """
    cache.mkdir(parents=True, exist_ok=True)
    wanted = cache / name
    with cache.with_suffix(".lock").open("w") as lock:
        if not wanted.exists():
            _forget_all(cache, lock.fileno())
        fcntl.flock(lock, fcntl.LOCK_SH)
        if not wanted.exists():
            _make(wanted, make)
        yield wanted


def _forget_all(cache: Path, lock: int) -> None:
    with contextlib.suppress(BlockingIOError):  # somebody is reading: next time, then
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        for old in cache.iterdir():
            shutil.rmtree(old, ignore_errors=True)


def _make(wanted: Path, make: Callable[[Path], None]) -> None:
    # Made elsewhere and renamed, so that what is half made is never taken for whole.
    with tempfile.TemporaryDirectory(dir=wanted.parent) as scratch:
        unfinished = Path(scratch) / wanted.name
        make(unfinished)
        try:
            unfinished.rename(wanted)
        except OSError:
            if not wanted.exists():  # else another made the same meanwhile
                raise
