"""Real and drawn pictures as files of every kind that a person may choose.

The photographs are those that scikit-image and scikit-learn carry in their packages, so nothing
is downloaded. Every file is opaque: where a picture is not, browsers lose colour that is under
full transparency.
"""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageOps

from tests.hashing.drawings import Drawing, Rgb, draw

SHIPPED = (("skimage", "data"), ("sklearn", "datasets/images"))
TWELVE_MEGAPIXELS = (4000, 3000)
ONE_MEGAPIXEL = (1152, 864)

PHOTOGRAPHS = (
    "astronaut.png", "chelsea.png", "coffee.png", "hubble_deep_field.jpg", "ihc.png",
    "motorcycle_left.png", "motorcycle_right.png", "retina.jpg", "rocket.jpg", "camera.png",
    "china.jpg", "flower.jpg",
)  # fmt: skip
ORIENTATION = 0x0112


def write_corpus(folder: Path) -> list[Path]:
    """Write the corpus into an empty folder and return its files."""
    for writer in (_as_shipped, _resized, _formats, _modes, _foreign_colours, _rotated, _drawn):
        writer(folder)
    write_photograph(folder / "twelve-megapixels.jpg", TWELVE_MEGAPIXELS)
    return sorted(folder.iterdir())


def upright_rgb(path: Path) -> Rgb:
    """Decode a file as the reference tools do, turned the way a browser shows it."""
    with Image.open(path) as picture:
        return np.asarray(ImageOps.exif_transpose(picture).convert("RGB"))


def write_photograph(path: Path, size: tuple[int, int]) -> None:
    """Write a photograph of any size, with the fine grain of a camera's sensor."""
    smooth = np.asarray(_photograph("motorcycle_left.png").resize(size, Image.Resampling.BICUBIC))
    grain = np.random.default_rng(2026).normal(0, 4, smooth.shape)
    rough = np.clip(smooth + grain, 0, 255).astype(np.uint8)
    Image.fromarray(rough).save(path, quality=90)


def _as_shipped(folder: Path) -> None:
    for path in _shipped():
        with Image.open(path) as picture:
            opaque = not picture.has_transparency_data
        if opaque:
            (folder / f"shipped-{path.name}").write_bytes(path.read_bytes())


def _shipped() -> Iterator[Path]:
    """Find the packages without importing them, which would take seconds."""
    for package, folder in SHIPPED:
        spec = find_spec(package)
        assert spec
        assert spec.origin
        files = sorted((Path(spec.origin).parent / folder).iterdir())
        yield from (file for file in files if file.suffix in {".png", ".jpg"})


def _photograph(name: str) -> Image.Image:
    path = next(path for path in _shipped() if path.name == name)
    with Image.open(path) as picture:
        return picture.convert("RGB")


def _resized(folder: Path) -> None:
    """Every photograph in another size and with the losses of everyday JPEG."""
    for number, name in enumerate(PHOTOGRAPHS):
        photograph = _photograph(name)
        longer = 333 + 131 * number
        size = (longer, longer * photograph.height // photograph.width)
        photograph.resize(size).save(folder / f"resized-{name}.jpg", quality=60 + 3 * number)


def _formats(folder: Path) -> None:
    for name in ("astronaut.png", "coffee.png", "flower.jpg"):
        photograph = _photograph(name)
        stem = folder / f"format-{name}"
        photograph.save(f"{stem}.png")
        photograph.save(f"{stem}.progressive.jpg", quality=85, progressive=True)
        photograph.save(f"{stem}.444.jpg", quality=95, subsampling=0)
        photograph.save(f"{stem}.lossy.webp", quality=80)
        photograph.save(f"{stem}.lossless.webp", lossless=True)


def _modes(folder: Path) -> None:
    """Colour stored in other ways than three bytes a pixel."""
    photograph = _photograph("china.jpg")
    photograph.convert("L").save(folder / "mode-grey.jpg")
    photograph.convert("L").save(folder / "mode-grey.png")
    photograph.convert("CMYK").save(folder / "mode-cmyk.jpg")
    photograph.convert("1").save(folder / "mode-one-bit.png")
    photograph.quantize(64).save(folder / "mode-palette.png")


def _foreign_colours(folder: Path) -> None:
    """With a colour profile that a browser would convert from, if it were not told not to."""
    photograph = _photograph("flower.jpg")
    for kind in ("jpg", "png", "webp"):
        photograph.save(folder / f"profile.{kind}", icc_profile=_profile_with_red_for_blue())


def _profile_with_red_for_blue() -> bytes:
    """Swap two primaries of sRGB: no picture survives a conversion from that unnoticed."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swap = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ"}
    return re.sub(rb"[rb]XYZ", lambda tag: swap[tag[0]], profile)


def _rotated(folder: Path) -> None:
    """As phones write them: stored one way, to be shown another."""
    photograph = _photograph("rocket.jpg")
    for orientation in range(2, 9):
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        photograph.save(folder / f"orientation-{orientation}.jpg", exif=exif)


def _drawn(folder: Path) -> None:
    """Sizes at which the arithmetic changes its ways, without loss."""
    for drawing in (
        *(Drawing("speckle", side, side, 1) for side in (5, 16, 63, 64, 65, 127, 128, 129)),
        Drawing("speckle", 5, 300, 9),
        Drawing("checkers", 320, 240, 40),
        Drawing("hills", 601, 799, 23),
        Drawing("hills", 20_000, 20, 97),
        Drawing("ramp", 300, 200, 1),
        Drawing("flat", 80, 60, 77),
    ):
        name = f"drawn-{drawing.kind}-{drawing.width}x{drawing.height}.png"
        Image.fromarray(draw(drawing)).save(folder / name)
