"""What a phone's HEIC takes in the page: time beside Pillow's, and what is fetched for it.

`python -m bench heic` prints the tables.
"""

import gzip
import statistics
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.table import Table
from tests.chromium import Tab, launched
from tests.hashing.harness import WEB, Harness, answers, served_harness
from tests.hashing.heic_files import upright_heic, write_heic_files, write_phone_photograph
from tests.hashing.oracle import SOURCE, Pdq, distance, pdq_of

RUNS = 5
SIZES = ((1600, 1200), (4032, 3024))
LIBRARY = WEB / "node_modules" / "libheif-js" / "libheif-wasm"


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        for part in ("files", "harness", "photographs"):
            (folder / part).mkdir()
        with served_harness(folder / "harness") as address, launched() as browser:
            harness = Harness(Tab(browser.new_page()), address)
            print(_fidelity(harness, write_heic_files(folder / "files")), end="\n\n")
            print(_speed(harness, folder / "photographs"), end="\n\n")
    print(_weight())


def _fidelity(harness: Harness, files: list[Path]) -> Table:
    told = zip(files, harness.hash(files), strict=True)
    pairs = [(Pdq(a.hash or "", a.quality or 0), pdq_of(upright_heic(file))) for file, a in told]
    distances = [distance(page.hash, pdq.hash) for page, pdq in pairs]
    same = sum(page.quality == pdq.quality for page, pdq in pairs)
    return Table(
        "HEIC: fidelity",
        f"The page's hashes against {SOURCE} on what Pillow decodes, of 256 bits.",
        ("", "files", "median", "max", "same quality"),
        [
            (
                "distance",
                str(len(pairs)),
                f"{statistics.median(distances):.0f}",
                str(max(distances)),
                f"{same / len(pairs):.0%}",
            )
        ],
    )


def _speed(harness: Harness, folder: Path) -> Table:
    rows = []
    for width, height in SIZES:
        file = folder / f"{width}.heic"
        write_phone_photograph(file, (width, height))
        page = _milliseconds_in_the_page(harness, file)
        pillow = _milliseconds(partial(_with_pillow, file))
        megapixels = f"{width * height / 1e6:.1f} MP"
        rows.append((megapixels, f"{page:.0f}", f"{pillow:.0f}", f"{page / pillow:.2f}"))
    return Table(
        "HEIC: speed",
        f"Milliseconds from a file in tiles, to be turned, to its hashes; medians of {RUNS} runs.",
        ("", "page", "Pillow and pdqhash", "page / Pillow"),
        rows,
    )


def _with_pillow(file: Path) -> None:
    pdq_of(upright_heic(file))


def _milliseconds_in_the_page(harness: Harness, file: Path) -> float:
    """With a new worker each time, which compiles the decoder: what the first file takes."""
    harness.choose([file])
    times = []
    for _ in range(RUNS):
        told = harness.run()
        assert [answer.reason for answer in answers(told)] == [None]
        times.append(_between(told, "reading", "hashed"))
    return statistics.median(times)


def _between(told: list[dict[str, Any]], first: str, last: str) -> float:
    at = {event["kind"]: float(event["at"]) for event in told}
    return at[last] - at[first]


def _milliseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times)


def _weight() -> Table:
    parts = {"code": "libheif.wasm", "script": "libheif.js", "both as one": "libheif-bundle.mjs"}
    sizes = {part: (LIBRARY / name).read_bytes() for part, name in parts.items()}
    return Table(
        "HEIC: what is fetched for the first one",
        "Bytes of the package's builds, compressed with gzip; the page takes code and script.",
        ("", "bytes", "compressed"),
        [
            (part, f"{len(content):,}", f"{len(gzip.compress(content)):,}")
            for part, content in sizes.items()
        ],
    )


if __name__ == "__main__":
    main()
