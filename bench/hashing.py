"""How near the page's hasher is to the reference, and how fast beside it, in a real browser.

`python -m bench.hashing` prints both tables; the times are medians of one run on one machine.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.chromium import Tab, launched
from tests.hashing.corpus import (
    ONE_MEGAPIXEL,
    TWELVE_MEGAPIXELS,
    upright_rgb,
    write_corpus,
    write_photograph,
)
from tests.hashing.drawings import Rgb
from tests.hashing.harness import Harness, served_harness
from tests.hashing.oracle import SOURCE, distance, pdq_of

RUNS = 7


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("corpus", "harness", "photographs"):
            (folder / part).mkdir()
        with launched() as browser, served_harness(folder / "harness") as address:
            harness = Harness(Tab(browser.new_page()), address)
            print_fidelity(harness, write_corpus(folder / "corpus"))
            print_speed(harness, folder / "photographs")


def print_fidelity(harness: Harness, files: Sequence[Path]) -> None:
    """Print how far the page's hashes are from the reference's, over all that it would send."""
    pairs = [
        (answer, pdq_of(upright_rgb(file)))
        for file, answer in zip(files, harness.hash(files), strict=True)
    ]
    sent = [(answer, pdq) for answer, pdq in pairs if answer.hash]
    distances = [distance(answer.hash or "", pdq.hash) for answer, pdq in sent]
    same_quality = sum(answer.quality == pdq.quality for answer, pdq in sent)
    print(f"Fidelity: {len(sent)} pictures, page against {SOURCE}, Hamming distance of 256 bits")
    print("  median   p95   max   identical   same quality")
    print(
        f"  {np.median(distances):6.0f}{np.percentile(distances, 95):6.0f}{max(distances):6d}"
        f"{distances.count(0) / len(sent):12.1%}{same_quality / len(sent):15.1%}"
    )
    print(f"  {len(pairs) - len(sent)} more were refused as too plain\n")


def print_speed(harness: Harness, folder: Path) -> None:
    """Print what one photograph takes in the page, stage by stage, and with the reference."""
    print(f"Speed: one JPEG photograph, medians of {RUNS} runs, milliseconds; {SOURCE}")
    print("              page                               reference            reference / page")
    print("         MP   decode  readback  kernel  total    decode   hash  total   kernel  total")
    for size in (ONE_MEGAPIXEL, TWELVE_MEGAPIXELS):
        file = folder / f"{size[0]}.jpg"
        write_photograph(file, size)
        _print_speed_of(harness, file, size[0] * size[1] / 1e6)


def _print_speed_of(harness: Harness, file: Path, megapixels: float) -> None:
    page = harness.stages(file)
    picture: Rgb = upright_rgb(file)
    decode = _milliseconds(lambda: upright_rgb(file))
    hashing = _milliseconds(lambda: pdq_of(picture))
    print(
        f"  {megapixels:9.1f}{page['decode']:9.0f}{page['readback']:10.0f}{page['kernel']:8.0f}"
        f"{page['total']:7.0f}{decode:10.0f}{hashing:7.0f}{decode + hashing:7.0f}"
        f"{hashing / page['kernel']:9.2f}{(decode + hashing) / page['total']:7.2f}"
    )


def _milliseconds(work: Callable[[], object]) -> float:
    return statistics.median(_once(work) for _ in range(RUNS))


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
