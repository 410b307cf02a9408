"""Films in the page: how near to the reference's frames, and how long a minute of film takes.

`python -m bench video` prints the tables. The time is that of everything, decoding and MD5 with it.
"""

import hashlib
import statistics
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.table import Table
from tests.chromium import Tab, launched
from tests.hashing.harness import Answer, Harness, served_harness
from tests.hashing.oracle import distance
from tests.video.films import FOLDER, Film, shoot
from tests.video.oracle import frames_of

MINUTE = Film("h264", Fraction(30), (1280, 720), 60.0)
LARGE = 1_000_000_000
"""Bytes of a file without a film in it: all of its time is that of the MD5."""


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        with served_harness(folder / "harness") as address, launched() as browser:
            harness = Harness(Tab(browser.new_page()), address)
            print(_fidelity(harness), end="\n\n")
            print(_speed(harness, folder))


def _fidelity(harness: Harness) -> Table:
    films = sorted(FOLDER.iterdir())
    told = zip(films, harness.hash(films), strict=True)
    return Table(
        "Films: fidelity",
        "Frames of the reference (vpdq) of quality 50 and more, and how many bits of 256 the "
        "nearest frame is off that the page sends. A hit is at most 8.",
        ("", "frames", "hit", "median", "p95", "max"),
        [_row(film, answer) for film, answer in told],
    )


def _row(film: Path, answer: Answer) -> tuple[str, ...]:
    sent = [signal.value for signal in answer.signals if signal.type == "VideoPDQ"]
    wanted = [frame.hash for frame in frames_of(film) if frame.quality >= 50]
    off = [min((distance(one, value) for value in sent), default=256) for one in wanted]
    figures = (statistics.median(off), sorted(off)[int(0.95 * len(off))], max(off))
    hit = sum(bits <= 8 for bits in off) / len(off)
    return film.name, str(len(off)), f"{hit:.0%}", *(f"{figure:.0f}" for figure in figures)


def _speed(harness: Harness, folder: Path) -> Table:
    minute, large = shoot(MINUTE, folder), folder / "large.mp4"
    large.write_bytes(minute.read_bytes()[:32])
    with large.open("r+b") as file:
        file.truncate(LARGE)
    return Table(
        "Films: time",
        "Seconds in the page, and of hashlib's MD5 alone.",
        ("", "seconds", "hashlib"),
        [
            (
                "one minute of 720p, H.264",
                f"{_seconds(harness, minute):.1f}",
                f"{_md5(minute):.1f}",
            ),
            ("1 GB without a film", f"{_seconds(harness, large):.1f}", f"{_md5(large):.1f}"),
        ],
    )


def _seconds(harness: Harness, film: Path) -> float:
    harness.choose([film])
    start = perf_counter()
    harness.run()
    return perf_counter() - start


def _md5(film: Path) -> float:
    start = perf_counter()
    with film.open("rb") as file:
        hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False))
    return perf_counter() - start
