"""Films in the page: how near to the reference's frames, and how long a minute of film takes.

`python -m bench video` prints the tables.
"""

import hashlib
import os
import statistics
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import NamedTuple

import av

from bench.harnesses import BROWSERS
from bench.table import Table
from tests.hashing.harness import Answer, Harness, served_harness
from tests.hashing.oracle import distance
from tests.video.films import ENCODERS, FOLDER, Film, shoot
from tests.video.oracle import frames_of

TEN_SECONDS = [Film(codec, Fraction(30), (1280, 720), 10.0) for codec in ENCODERS]
MINUTE = 6
"""Times ten seconds: to encode all of it would take longer than all that is measured."""
LIMIT = 2.0
"""Seconds beyond decoding, for a minute of film."""
LARGE = 1_000_000_000
"""Bytes of a short film with nothing but zeros behind it."""
HIT = 8
"""Bits."""


class Times(NamedTuple):
    """Seconds."""

    decode: float
    frames: float
    md5: float


def main() -> None:
    # The encoder of AV1 would write pages about itself between the tables.
    os.environ["SVT_LOG"] = "1"
    with TemporaryDirectory() as page, TemporaryDirectory() as films:
        folder = Path(films)
        small, minutes = sorted(FOLDER.iterdir()), [_minute(film, folder) for film in TEN_SECONDS]
        large = _large(folder, small[0])
        near: list[list[str]] = []
        slow: list[list[str]] = []
        md5s: list[list[str]] = []
        with served_harness(Path(page)) as address:
            for name, browser in BROWSERS.items():
                with browser(address) as harness:
                    near.append([f"{name}, 320 x 180", *_fidelity(small, harness.hash(small))])
                    for film in minutes:
                        row, (told,) = [f"{name}, {film.stem}"], harness.hash([film])
                        slow.append([*row, *_fidelity([film], [told]), *_seconds(harness, film)])
                    md5s.append([name, *_speed_of_md5(harness, large)])
    print(_table_of_frames(near), _table_of_minutes(slow), _table_of_md5s(md5s), sep="\n\n")


def _table_of_frames(rows: Sequence[Sequence[str]]) -> Table:
    return Table(
        "Films: fidelity",
        f"Frames of quality 50 and more that the reference (PyPI vpdq) has of the films of the "
        f"vectors, and how many bits of 256 the nearest frame is off that the page sends. "
        f"A hit is at most {HIT}.",
        ("", "frames", "hit", "median", "p95", "max"),
        rows,
    )


def _table_of_minutes(rows: Sequence[Sequence[str]]) -> Table:
    return Table(
        "Films: a minute of 720p at 30 frames a second",
        f"The same for one minute, and its seconds in a warm worker, the fewest of two runs. "
        f"Decode: the browser's decoder on all packets, and every frame closed as it comes. Whole: "
        f"all that VideoPDQ does. Beyond: the difference (at most {LIMIT:.0f}).",
        ("", "frames", "hit", "median", "p95", "max", "decode", "whole", "beyond"),
        rows,
    )


def _table_of_md5s(rows: Sequence[Sequence[str]]) -> Table:
    return Table(
        "Films: MD5",
        "Megabytes a second, of a file of 1 GB, beside Python's hashlib on the same file.",
        ("", "page", "hashlib"),
        rows,
    )


def _fidelity(films: Sequence[Path], answers: Sequence[Answer]) -> list[str]:
    told = zip(films, answers, strict=True)
    off = sorted(bits for film, answer in told for bits in _off(film, answer))
    hit = sum(bits <= HIT for bits in off) / len(off)
    figures = (statistics.median(off), off[int(0.95 * len(off))], off[-1])
    return [str(len(off)), f"{hit:.0%}", *(f"{figure:.0f}" for figure in figures)]


def _off(film: Path, answer: Answer) -> list[int]:
    sent = [signal.value for signal in answer.signals if signal.type == "VideoPDQ"]
    wanted = [frame.hash for frame in frames_of(film) if frame.quality >= 50]
    return [min((distance(one, value) for value in sent), default=256) for one in wanted]


def _seconds(harness: Harness, film: Path) -> list[str]:
    times = _times(harness, film)
    beyond = times.frames - times.decode
    return [f"{seconds:.2f}" for seconds in (times.decode, times.frames, beyond)]


def _times(harness: Harness, film: Path) -> Times:
    harness.choose([film])
    told = harness.evaluate("() => harness.timeFilm(harness.chosen()[0])")
    return Times(**{stage: milliseconds / 1000 for stage, milliseconds in told.items()})


def _speed_of_md5(harness: Harness, large: Path) -> list[str]:
    seconds = _times(harness, large).md5, _hashlib(large)
    return [f"{LARGE / 1e6 / each:.0f}" for each in seconds]


def _hashlib(film: Path) -> float:
    start = perf_counter()
    with film.open("rb") as file:
        hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False))
    return perf_counter() - start


def _minute(film: Film, folder: Path) -> Path:
    """Write ten seconds, six times over."""
    short = shoot(film, folder)
    path = short.with_stem(film.codec)
    with av.open(str(path), "w") as output, av.open(str(short)) as first:
        stream = output.add_stream_from_template(first.streams.video[0], opaque=True)
        for turn in range(MINUTE):
            with av.open(str(short)) as source:
                for packet in source.demux(video=0):
                    if packet.dts is None or packet.pts is None or packet.time_base is None:
                        continue
                    later = int(turn * film.seconds / packet.time_base)
                    packet.dts, packet.pts = packet.dts + later, packet.pts + later
                    packet.stream = stream
                    output.mux(packet)
    short.unlink()
    return path


def _large(folder: Path, film: Path) -> Path:
    path = folder / f"large{film.suffix}"
    path.write_bytes(film.read_bytes())
    with path.open("r+b") as file:
        file.truncate(LARGE)
    return path


if __name__ == "__main__":
    main()
