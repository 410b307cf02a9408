"""Writes `contract/vectors/pdq.json`: what the reference package makes of drawn pictures.

`python -m tests.hashing.vectors` writes it; a test says when it lags.
"""

import json
import zlib
from collections.abc import Iterable
from pathlib import Path

from tests.hashing.drawings import Drawing, Rgb, draw
from tests.hashing.oracle import SOURCE, frequencies_of, pdq_of

VECTORS = Path(__file__).parents[2] / "contract" / "vectors" / "pdq.json"

PICTURES = (
    *(Drawing("flat", 80, 60, brightness) for brightness in (0, 77, 255)),
    *(Drawing("ramp", *size, 1) for size in ((64, 64), (256, 256), (300, 200), (131, 517))),
    *(Drawing("checkers", 320, 240, cell) for cell in (1, 7, 40)),
    *(Drawing("checkers", 512, 512, cell) for cell in (32, 64)),
    # Every side at which the window or the sampling changes its ways.
    *(Drawing("speckle", side, side, 1) for side in (1, 4, 5, 8, 16, 63, 64, 65, 127, 128, 129)),
    *(
        Drawing("speckle", *size, 9)
        for size in ((4, 300), (300, 4), (5, 300), (64, 128), (640, 64))
    ),
    *(Drawing("hills", *size, 23) for size in ((100, 75), (255, 257), (383, 385), (640, 480))),
    *(Drawing("hills", *size, 97) for size in ((800, 600), (601, 799), (1283, 721), (2000, 16))),
    # Rows longer than a kernel may hold at once, windows longer than a band of its rows.
    *(
        Drawing("hills", *size, 97)
        for size in ((4097, 300), (300, 4097), (20_000, 20), (20, 20_000))
    ),
    # Nothing but rounding errors, carried along many rows.
    Drawing("flat", 1500, 1000, 77),
)

BEFORE_BITS = (
    Drawing("hills", 64, 64, 9),
    Drawing("speckle", 64, 64, 1),
    Drawing("hills", 383, 385, 23),
)


def text() -> str:
    """Return the whole file, one picture a line."""
    return (
        f'{{\n"source": "{SOURCE}",\n'
        f'"pictures": [\n{_lines(map(_vector, PICTURES))}\n],\n'
        f'"frequencies": [\n{_lines(map(_frequencies, BEFORE_BITS))}\n]\n}}\n'
    )


def _vector(drawing: Drawing) -> dict[str, object]:
    picture = draw(drawing)
    return _named(drawing, picture) | pdq_of(picture)._asdict()


def _frequencies(drawing: Drawing) -> dict[str, object]:
    """Each number as the 8 digits of its single-precision bits, so that none is rounded away."""
    picture = draw(drawing)
    numbers = frequencies_of(picture).astype(">f4")
    return _named(drawing, picture) | {"frequencies": numbers.tobytes().hex()}


def _named(drawing: Drawing, picture: Rgb) -> dict[str, object]:
    """Name a picture; its checksum tells a wrong drawing from a wrong hash."""
    return vars(drawing) | {"crc32": zlib.crc32(picture.tobytes())}


def _lines(rows: Iterable[dict[str, object]]) -> str:
    return ",\n".join(json.dumps(row) for row in rows)


if __name__ == "__main__":
    VECTORS.write_text(text())
