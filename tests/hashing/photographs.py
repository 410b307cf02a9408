"""The photographs that scikit-image and scikit-learn carry: nothing is downloaded."""

from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image

SHIPPED = (("skimage", "data"), ("sklearn", "datasets/images"))

PHOTOGRAPHS = (
    "astronaut.png", "chelsea.png", "coffee.png", "hubble_deep_field.jpg", "ihc.png",
    "motorcycle_left.png", "motorcycle_right.png", "retina.jpg", "rocket.jpg", "camera.png",
    "china.jpg", "flower.jpg",
)  # fmt: skip


def shipped() -> Iterator[Path]:
    """Find the packages without importing them, which would take seconds."""
    for package, folder in SHIPPED:
        spec = find_spec(package)
        assert spec
        assert spec.origin
        files = sorted((Path(spec.origin).parent / folder).iterdir())
        yield from (file for file in files if file.suffix in {".png", ".jpg"})


def photograph(name: str) -> Image.Image:
    path = next(path for path in shipped() if path.name == name)
    with Image.open(path) as picture:
        return picture.convert("RGB")


def small_photograph(name: str, size: tuple[int, int] = (320, 240)) -> Image.Image:
    """Large enough for every stage of a decoder, small enough to have dozens of."""
    return photograph(name).resize(size)


def write_photograph(path: Path, size: tuple[int, int]) -> None:
    """Write a photograph of any size, with the fine grain of a camera's sensor."""
    smooth = np.asarray(photograph("motorcycle_left.png").resize(size, Image.Resampling.BICUBIC))
    grain = np.random.default_rng(2026).normal(0, 4, (*smooth.shape[:2], 1)).astype(np.float32)
    rough = np.clip(smooth + grain, 0, 255).astype(np.uint8)
    Image.fromarray(rough).save(path, quality=90)
