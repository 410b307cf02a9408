"""How near the page's hashes are to the reference's in each browser, beside what other pages do."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from bench.harnesses import BROWSERS
from bench.table import Table
from tests.hashing.corpus import upright_rgb, write_corpus
from tests.hashing.harness import Harness, served_harness
from tests.hashing.oracle import SOURCE, Pdq, distance, pdq_of

DOWNSCALED = "() => harness.downscaled(harness.chosen())"


def main() -> None:
    with TemporaryDirectory() as page, TemporaryDirectory() as pictures:
        files = write_corpus(Path(pictures))
        reference = [pdq_of(upright_rgb(file)) for file in files]
        rows: list[tuple[str, ...]] = []
        with served_harness(Path(page)) as address:
            for name, browser in BROWSERS.items():
                with browser(address) as harness:
                    rows += _rows(name, harness, files, reference)
    print(table(rows))


def table(rows: Sequence[Sequence[str]]) -> Table:
    return Table(
        "Fidelity: bits of 256 that differ from the reference",
        f"Reference: {SOURCE} on Pillow's upright RGB of the same file. The pictures are those of "
        "the tests' corpus that the page would send: every format, colour mode, profile and "
        "rotation. 512 x 512: shrunk on a canvas first, as other pages do, then hashed by our "
        "kernel; what that costs is the shrinking alone.",
        ("", "pictures", "median", "p95", "max", "identical", "same quality"),
        rows,
    )


def _rows(
    browser: str, harness: Harness, files: Sequence[Path], reference: Sequence[Pdq]
) -> list[tuple[str, ...]]:
    answers = harness.hash(files)
    shrunk = [Pdq(one["hash"], one["quality"]) for one in harness.evaluate(DOWNSCALED)]
    sent = [index for index, answer in enumerate(answers) if answer.hash]
    ours = [Pdq(answer.hash or "", answer.quality or 0) for answer in answers]
    return [
        (f"{browser}, {name}", *_figures([(pdqs[i], reference[i]) for i in sent]))
        for name, pdqs in (("the page", ours), ("512 x 512", shrunk))
    ]


def _figures(pairs: Sequence[tuple[Pdq, Pdq]]) -> list[str]:
    distances = [distance(pdq.hash, reference.hash) for pdq, reference in pairs]
    same_quality = sum(pdq.quality == reference.quality for pdq, reference in pairs)
    return [
        str(len(pairs)),
        f"{np.median(distances):.0f}",
        f"{np.percentile(distances, 95):.0f}",
        str(max(distances)),
        f"{distances.count(0) / len(pairs):.1%}",
        f"{same_quality / len(pairs):.1%}",
    ]


if __name__ == "__main__":
    main()
