"""A folder of files through the pool of workers, beside one worker, in one run."""

import os
import shutil
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from bench.harnesses import in_chromium
from bench.resident import watched
from bench.table import Table
from tests.hashing.corpus import TWELVE_MEGAPIXELS, write_photograph
from tests.hashing.harness import Harness, served_harness

ROUNDS = 3
"""Of one worker and the pool in turns, so that whatever else runs slows both; medians count."""

THREE_MEGAPIXELS = (2016, 1512)
DIFFERENT = 5
DECIMALS = (1, 1, 2, 0, 0, 0)
POOL = min(os.cpu_count() or 1, 4)


@dataclass(frozen=True)
class Ride:
    """Seconds, the longest block of the main thread in ms, and megabytes that were added."""

    seconds: float
    longest_block: float
    megabytes: float


def main() -> None:
    with TemporaryDirectory() as page, TemporaryDirectory() as name:
        folders = _folders(Path(name))
        with served_harness(Path(page)) as address, in_chromium(address) as harness:
            rows = [_row(harness, name, files) for name, files in folders.items()]
    print(table(rows))


def table(rows: Sequence[Sequence[str]]) -> Table:
    return Table(
        "Throughput: seconds for a folder, Chromium, medians of this run",
        f"One worker and the pool of {POOL} in turns. Times: how much sooner the pool is done (at "
        "least 1.6 on two cores). Block: the longest time in ms for which the main thread could "
        "not answer while the pool was at work (at most 16). Memory: what all renderers took at "
        "the peak beyond what they had before, in MB, with one worker and with the pool.",
        ("", "one", "pool", "times", "block", "MB one", "MB pool"),
        rows,
    )


def _row(harness: Harness, name: str, files: Sequence[Path]) -> tuple[str, ...]:
    harness.choose(files)
    ride(harness, POOL)
    rounds = [(ride(harness, 1), ride(harness, POOL)) for _ in range(ROUNDS)]
    ones, pools = [one for one, _ in rounds], [pool for _, pool in rounds]
    figures = (
        statistics.median(ride.seconds for ride in ones),
        statistics.median(ride.seconds for ride in pools),
        statistics.median(one.seconds / pool.seconds for one, pool in rounds),
        statistics.median(ride.longest_block for ride in pools),
        max(ride.megabytes for ride in ones),
        max(ride.megabytes for ride in pools),
    )
    return name, *map("{:.{}f}".format, figures, DECIMALS)


def ride(harness: Harness, workers: int) -> Ride:
    with watched() as resident:
        told = harness.evaluate("(workers) => window.harness.ride(workers)", workers)
    return Ride(told["milliseconds"] / 1000, told["longestBlock"], resident.added)


def _folders(folder: Path) -> dict[str, list[Path]]:
    for name in ("medium", "large", "small"):
        (folder / name).mkdir()
    folders = {
        "photographs of 3 MP": _photographs(folder / "medium", THREE_MEGAPIXELS, 200),
        "photographs of 12 MP": _photographs(folder / "large", TWELVE_MEGAPIXELS, 24),
        "pictures of 64 x 64": _small(folder / "small", 2_000),
    }
    return {f"{len(files):,} {name}": files for name, files in folders.items()}


def _photographs(folder: Path, size: tuple[int, int], count: int) -> list[Path]:
    """Write some different ones, and each again and again."""
    for number in range(DIFFERENT):
        width, height = size
        write_photograph(folder / f"{number}.jpg", (width - 16 * number, height))
    return _copies([folder / f"{number}.jpg" for number in range(DIFFERENT)], count)


def _small(folder: Path, count: int) -> list[Path]:
    Image.effect_noise((64, 64), 60).convert("RGB").save(folder / "0.png")
    return _copies([folder / "0.png"], count)


def _copies(originals: list[Path], count: int) -> list[Path]:
    files = list(originals)
    for number in range(len(originals), count):
        original = originals[number % len(originals)]
        files.append(original.with_stem(str(number)))
        shutil.copyfile(original, files[-1])
    return files
