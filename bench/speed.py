"""What one photograph takes in each browser, stage by stage, beside the reference."""

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.harnesses import BROWSERS, large_photograph, photograph
from bench.table import Table
from tests.hashing.corpus import ONE_MEGAPIXEL, upright_rgb, write_photograph
from tests.hashing.harness import Harness, served_harness
from tests.hashing.oracle import SOURCE, pdq_of

RUNS = {1: 9, 12: 7, 48: 3}
"""By megapixels; odd, so that the median is one of them."""

Reference = tuple[float, float]
"""Milliseconds that Pillow takes to decode the file, and `pdqhash` to hash its pixels."""


def main() -> None:
    with TemporaryDirectory() as page, TemporaryDirectory() as pictures:
        files = _photographs(Path(pictures))
        reference = {size: _reference(file, RUNS[size]) for size, file in files.items()}
        rows: list[tuple[str, ...]] = []
        with served_harness(Path(page)) as address:
            for name, browser in BROWSERS.items():
                with browser(address) as harness:
                    for size, file in files.items():
                        rows.append((f"{name}, {size} MP", *_row(harness, size, file, reference)))
    print(table(rows))


def table(rows: Sequence[Sequence[str]]) -> Table:
    return Table(
        "Speed: milliseconds for one JPEG photograph, medians of this run",
        f"In a warm worker, stage after stage in turns. Decode and readback are the browser's own "
        f"two calls as any page would make them, the floor; then the same as the page does it, "
        f"with the file's header. One: all of that and the kernel, to one hash. All: what the "
        f"page does with the file, to the hashes of all versions. Beside it stand Pillow's decode "
        f"and the C++ of {SOURCE} on the same pixels. Kernel x: how many times as fast as that C++ "
        f"(at 12 MP at least 9). Last: one and all over decode + readback (at 12 MP at most 1.3).",
        (
            "", "decode", "readback", "our decode", "our readback", "kernel", "one", "all",
            "Pillow", "pdqhash", "kernel x", "one over", "all over",
        ),
        rows,
    )  # fmt: skip


def _photographs(folder: Path) -> dict[int, Path]:
    small = folder / "1-megapixel.jpg"
    write_photograph(small, ONE_MEGAPIXEL)
    return {1: small, 12: photograph(folder), 48: large_photograph(folder)}


def _reference(file: Path, runs: int) -> Reference:
    picture = upright_rgb(file)
    return _median(lambda: upright_rgb(file), runs), _median(lambda: pdq_of(picture), runs)


STAGES = ("decode", "readback", "ourDecode", "ourReadback", "kernel", "one", "all")


def _row(harness: Harness, size: int, file: Path, reference: dict[int, Reference]) -> list[str]:
    page, (pillow, pdqhash) = harness.stages(file, RUNS[size]), reference[size]
    floor = page["decode"] + page["readback"]
    ratios = pdqhash / page["kernel"], page["one"] / floor, page["all"] / floor
    times = (*(page[stage] for stage in STAGES), pillow, pdqhash)
    return [*(f"{each:.0f}" for each in times), *(f"{ratio:.2f}" for ratio in ratios)]


def _median(work: Callable[[], object], runs: int) -> float:
    return statistics.median(_once(work) for _ in range(runs))


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
