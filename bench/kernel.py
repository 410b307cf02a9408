"""The page's kernel alone, in Node, against the reference on the same pixels.

Kernels and reference take turns, so that whatever else the machine does slows them alike.
"""

import gzip
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.kernel_driver import Kernels, running_kernels
from bench.table import Table
from local.kernel import BUILT
from tests.hashing.corpus import upright_rgb, write_photograph
from tests.hashing.drawings import Rgb
from tests.hashing.oracle import SOURCE, pdq_of

SIZES = {(1152, 864): 25, (4000, 3000): 11, (8000, 6000): 5}
"""Pixels across and down, and how many rounds of them."""


def main() -> None:
    with running_kernels() as kernels:
        print(speed(kernels))


def speed(kernels: Kernels) -> Table:
    return Table(
        "Kernel alone",
        f"Medians in milliseconds; the ratios are times of {SOURCE} to times of the kernel. "
        f"The kernel is {len(gzip.compress(BUILT.read_bytes(), 9))} bytes by gzip.",
        ("megapixels", "reference", "simd", "typescript", "ratio", "typescript's"),
        [_speed_of(kernels, size, runs) for size, runs in SIZES.items()],
    )


def _speed_of(kernels: Kernels, size: tuple[int, int], runs: int) -> Sequence[str]:
    picture = _photograph(size)
    rounds = [(_milliseconds(lambda: pdq_of(picture)), kernels.ask(picture)) for _ in range(runs)]
    reference = statistics.median(time for time, _ in rounds)
    simd, typescript = (
        statistics.median(answer[kind] for _, answer in rounds) for kind in ("simd", "typescript")
    )
    assert rounds[0][1]["pdq"] == pdq_of(picture)._asdict()
    times = (f"{time:.1f}" for time in (reference, simd, typescript))
    return (
        f"{size[0] * size[1] / 1e6:.1f}",
        *times,
        f"{reference / simd:.1f}",
        f"{reference / typescript:.1f}",
    )


def _photograph(size: tuple[int, int]) -> Rgb:
    with TemporaryDirectory() as folder:
        file = Path(folder, "photograph.jpg")
        write_photograph(file, size)
        return upright_rgb(file)


def _milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - start)


if __name__ == "__main__":
    main()
