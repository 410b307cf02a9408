"""How near the hashes of views are, when they are made from a plane of the picture's blocks."""

from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from bench.kernel_driver import Kernels, running_kernels
from bench.table import Table
from tests.hashing.corpus import upright_rgb
from tests.hashing.drawings import Rgb
from tests.hashing.oracle import distance, pdq_of

PHOTOGRAPHS = ("skimage/data", "sklearn/datasets/images")
LONGEST_SIDE = 4000
"""As a camera of twelve megapixels would have taken it."""
DRAWN = "chessboard"
"""No photograph: so even that rounding alone decides on its bits."""
REDUCED = 1024
"""The longer side to which a browser would scale a picture down while decoding it."""


def main() -> None:
    with running_kernels() as kernels:
        print(views(kernels))


VIEWS: dict[str, tuple[Callable[[int, int], dict[str, Any]], Callable[[Rgb], Rgb]]] = {
    "whole": (lambda _w, _h: {}, lambda picture: picture),
    "mirrored": (lambda _w, _h: {"mirror": True}, lambda picture: picture[:, ::-1]),
    "a quarter turn": (lambda _w, _h: {"turns": 1}, lambda picture: np.rot90(picture, -1)),
    "2 % off each side": (lambda w, h: {"crop": _inner(w, h, 2)}, lambda p: _cut(p, 2)),
    "10 % off each side": (lambda w, h: {"crop": _inner(w, h, 10)}, lambda p: _cut(p, 10)),
    "the same, mirrored": (
        lambda w, h: {"crop": _inner(w, h, 10), "mirror": True},
        lambda picture: _cut(picture, 10)[:, ::-1],
    ),
}
"""What the page is asked for, by the picture's size, and the same done to pixels."""


def _inner(width: int, height: int, percent: int) -> dict[str, int]:
    left, top = width * percent // 100, height * percent // 100
    return {"left": left, "top": top, "width": width - 2 * left, "height": height - 2 * top}


def _cut(picture: Rgb, percent: int) -> Rgb:
    inner = _inner(picture.shape[1], picture.shape[0], percent)
    top, left = inner["top"], inner["left"]
    return picture[top : top + inner["height"], left : left + inner["width"]]


def views(kernels: Kernels) -> Table:
    found: dict[str, list[int]] = {name: [] for name in (*VIEWS, "whole, scaled down by others")}
    for picture in _photographs():
        for name, bits in _distances(kernels, picture):
            found[name].append(bits)
    return Table(
        "Views from a plane",
        "Hamming distance of 256 bits to the reference on the view's own pixels at full size, "
        f"photographs of quality 50 and above with {LONGEST_SIDE} pixels on the longer side.",
        ("view", "pictures", "median", "p95", "most"),
        [
            (name, f"{len(bits)}", *(f"{np.percentile(bits, at):.0f}" for at in (50, 95, 100)))
            for name, bits in found.items()
        ],
    )


def _photographs() -> Iterator[Rgb]:
    for package, _, folder in (place.partition("/") for place in PHOTOGRAPHS):
        spec = find_spec(package)
        assert spec
        assert spec.origin
        for file in sorted((Path(spec.origin).parent / folder).iterdir()):
            if file.suffix in {".png", ".jpg"} and not file.name.startswith(DRAWN):
                yield _enlarged(Image.fromarray(upright_rgb(file)))


def _enlarged(photograph: Image.Image) -> Rgb:
    scale = LONGEST_SIDE / max(photograph.size)
    size = (round(photograph.width * scale), round(photograph.height * scale))
    return np.asarray(photograph.resize(size, Image.Resampling.BICUBIC))


def _distances(kernels: Kernels, picture: Rgb) -> Iterator[tuple[str, int]]:
    height, width = picture.shape[:2]
    asked = [view(width, height) for view, _ in VIEWS.values()]
    for (name, (_, seen)), pdq in zip(
        VIEWS.items(), kernels.ask(picture, asked)["views"], strict=True
    ):
        reference = pdq_of(np.ascontiguousarray(seen(picture)))
        if reference.quality >= 50:
            yield name, distance(pdq["hash"], reference.hash)
    if max(picture.shape) > REDUCED and (reference := pdq_of(picture)).quality >= 50:
        small = Image.fromarray(picture)
        small.thumbnail((REDUCED, REDUCED), Image.Resampling.BOX, reducing_gap=None)
        answer = kernels.ask(np.asarray(small), [{}], {"width": width, "height": height})
        yield "whole, scaled down by others", distance(answer["views"][0]["hash"], reference.hash)


if __name__ == "__main__":
    main()
