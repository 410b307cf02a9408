"""Pictures that one can see through: what browsers keep of their colours differs."""

from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PIL import Image

from tests.hashing.photographs import small_photograph


class Bounds(NamedTuple):
    """The most bits by which each browser may differ from the reference."""

    chromium: int
    firefox: int


BOUNDS = {
    "half": Bounds(2, 0),
    "gradient": Bounds(14, 0),
    "faint": Bounds(32, 0),
    "hidden": Bounds(56, 0),
    "one-grey": Bounds(20, 0),
    "half-palette": Bounds(100, 0),
    "gif": Bounds(38, 38),
}
"""By the first word of a file's name. `docs/decisions/hashing-on-the-device.md` has the same."""

KEEPS_COLOUR: dict[str, dict[str, Any]] = {"png": {}, "webp": {"lossless": True, "exact": True}}


def write_transparent(folder: Path) -> list[Path]:
    """Write them into an empty folder and return them, in order of their names."""
    for name in ("coffee.png", "chelsea.png"):
        picture = small_photograph(name)
        for kind, veil in _veils(picture.size).items():
            veiled = picture.copy()
            veiled.putalpha(veil)
            for suffix, options in KEEPS_COLOUR.items():
                veiled.save(folder / f"{kind}_{name}.{suffix}", **options)
    _write_transparent_colours(folder, small_photograph("chelsea.png"))
    return sorted(folder.iterdir())


def _veils(size: tuple[int, int]) -> dict[str, Image.Image]:
    """Return how much of each pixel is seen, from 0 to 255."""
    hole = np.full(size[::-1], 255, np.uint8)
    hole[: size[1] // 2, : 2 * size[0] // 5] = 0
    return {
        "half": Image.new("L", size, 128),
        "gradient": Image.linear_gradient("L").resize(size),
        "faint": Image.new("L", size, 8),
        "hidden": Image.fromarray(hole),
    }


def _write_transparent_colours(folder: Path, picture: Image.Image) -> None:
    """Make a grey, half of a palette and one colour of a GIF transparent."""
    grey = picture.convert("L")
    grey.save(folder / "one-grey_.png", transparency=grey.histogram().index(max(grey.histogram())))
    indexed = picture.quantize(64)
    indexed.save(folder / "half-palette_.png", transparency=bytes([0, 255] * 32))
    indexed.save(folder / "gif_.gif", transparency=5)
