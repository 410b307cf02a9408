"""Real and drawn pictures as files of every kind that a person may choose.

Every file is opaque: where a picture is not, Chromium loses colour that is under transparency.
"""

import io
import re
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image, ImageCms, ImageOps

from tests.hashing.drawings import Drawing, Rgb, draw
from tests.hashing.kinds.avif import write_avifs
from tests.hashing.kinds.bmp import write_bmps
from tests.hashing.kinds.gif import write_gifs
from tests.hashing.kinds.jpeg import write_jpegs
from tests.hashing.kinds.png import write_pngs
from tests.hashing.kinds.webp import write_webps
from tests.hashing.photographs import (
    PHOTOGRAPHS,
    photograph,
    shipped,
    small_photograph,
    write_photograph,
)

__all__ = ["TWELVE_MEGAPIXELS", "stored_rgb", "upright_rgb", "write_corpus", "write_photograph"]

TWELVE_MEGAPIXELS = (4000, 3000)
FORTY_EIGHT_MEGAPIXELS = (8000, 6000)
ONE_MEGAPIXEL = (1152, 864)
ORIENTATION = 0x0112
DISPLAY_P3 = {
    b"rXYZ": (0.5151, 0.2412, -0.0011),
    b"gXYZ": (0.2920, 0.6922, 0.0419),
    b"bXYZ": (0.1571, 0.0666, 0.7841),
}


def write_corpus(folder: Path) -> list[Path]:
    """Write the corpus into an empty folder and return its files."""
    for write in WRITERS:
        write(folder)
    write_photograph(folder / "twelve-megapixels.jpg", TWELVE_MEGAPIXELS)
    huge = folder / "forty-eight-megapixels.jpg"
    write_photograph(huge, FORTY_EIGHT_MEGAPIXELS)
    (folder / "forty-eight-megapixels-profile.jpg").write_bytes(_with_profile(huge.read_bytes()))
    return sorted(folder.iterdir())


def upright_rgb(path: Path) -> Rgb:
    """Decode a file as the reference tools do, turned the way a browser shows it."""
    with _opened(path) as picture:
        return np.asarray(ImageOps.exif_transpose(picture).convert("RGB"))


def stored_rgb(path: Path) -> Rgb | None:
    """Decode a file as the reference tools do, if it is stored another way than it is shown."""
    with _opened(path) as picture:
        turned = picture.getexif().get(ORIENTATION) in range(2, 9)
        return np.asarray(picture.convert("RGB")) if turned else None


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    """Open a file. Of several orientations Pillow takes the first, and warns."""
    with warnings.catch_warnings(), Image.open(path) as picture:
        warnings.filterwarnings("ignore", "Metadata Warning, tag 274")
        yield picture


def _as_shipped(folder: Path) -> None:
    for path in shipped():
        with Image.open(path) as picture:
            opaque = not picture.has_transparency_data
        if opaque:
            (folder / f"shipped-{path.name}").write_bytes(path.read_bytes())


def _resized(folder: Path) -> None:
    """Every photograph in another size and with the losses of everyday JPEG."""
    for number, name in enumerate(PHOTOGRAPHS):
        picture = photograph(name)
        longer = 333 + 131 * number
        size = (longer, longer * picture.height // picture.width)
        picture.resize(size).save(folder / f"resized-{name}.jpg", quality=60 + 3 * number)


def _foreign_colours(folder: Path) -> None:
    """With a colour profile that a browser would convert from, if it were not told not to."""
    picture = photograph("flower.jpg")
    for kind in ("jpg", "png", "webp", "avif"):
        picture.save(folder / f"profile.{kind}", icc_profile=_profile_with_red_for_blue())
        picture.save(folder / f"profile-p3.{kind}", icc_profile=_display_p3())


def _with_profile(jpeg: bytes) -> bytes:
    content = b"ICC_PROFILE\0\1\1" + _profile_with_red_for_blue()
    return jpeg[:2] + b"\xff\xe2" + (2 + len(content)).to_bytes(2, "big") + content + jpeg[2:]


def _profile_with_red_for_blue() -> bytes:
    """Swap two primaries of sRGB: no picture survives a conversion from that unnoticed."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    swap = {b"rXYZ": b"bXYZ", b"bXYZ": b"rXYZ"}
    return re.sub(rb"[rb]XYZ", lambda tag: swap[tag[0]], profile)


def _display_p3() -> bytes:
    """Give sRGB the primaries of phones and Macs, adapted to D50. Source: Apple's profile."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for tag, colour in DISPLAY_P3.items():
        [entry] = (found for found in range(132, 400, 12) if profile[found : found + 4] == tag)
        content = int.from_bytes(profile[entry + 4 : entry + 8], "big") + 8
        numbers = struct.pack(">3i", *(round(65_536 * part) for part in colour))
        profile = profile[:content] + numbers + profile[content + 12 :]
    return profile


def _turned(folder: Path) -> None:
    """As phones write them: stored one way, to be shown another."""
    picture = small_photograph("rocket.jpg", (322, 202))
    exact: dict[str, dict[str, Any]] = {
        "webp": {"lossless": True},
        "avif": {"subsampling": "4:4:4", "speed": 9},
    }
    for orientation in range(1, 9):
        exif = Image.Exif()
        exif[ORIENTATION] = orientation
        for kind in ("jpg", "png", "webp", "avif"):
            picture.save(folder / f"turned-{orientation}.{kind}", exif=exif, **exact.get(kind, {}))


def _turned_oddly(folder: Path) -> None:
    """With an orientation that is not one SHORT: viewers differ in what they make of it."""
    jpeg = io.BytesIO()
    small_photograph("rocket.jpg", (322, 202)).save(jpeg, "JPEG")
    for order, mark in (("<", b"II*\0"), (">", b"MM\0*")):
        for name, kind, count, value in ODD_ORIENTATIONS:
            entry = struct.pack(f"{order}HHI", ORIENTATION, kind, count)
            stated = struct.pack(order + value, 6).ljust(4, b"\0")
            exif = mark + struct.pack(f"{order}IH", 8, 1) + entry + stated + bytes(4)
            content = b"Exif\0\0" + exif
            segment = b"\xff\xe1" + struct.pack(">H", 2 + len(content)) + content
            path = folder / f"turned-{name}-{mark[:2].decode()}.jpg"
            path.write_bytes(jpeg.getvalue()[:2] + segment + jpeg.getvalue()[2:])


ODD_ORIENTATIONS = (
    ("byte", 1, 1, "B"),
    ("long", 4, 1, "I"),
    ("signed", 8, 1, "h"),
    ("two-shorts", 3, 2, "H"),
)
"""Name, number of the type, count, and the type as `struct` has it. Source: TIFF 6.0, section 2."""


def _drawn(folder: Path) -> None:
    """Sizes at which the arithmetic changes its ways, without loss."""
    for drawing in (
        *(Drawing("speckle", side, side, 1) for side in (5, 16, 63, 64, 65, 127, 128, 129)),
        Drawing("speckle", 5, 300, 9),
        Drawing("speckle", 1, 1, 1),
        Drawing("checkers", 320, 240, 40),
        Drawing("hills", 601, 799, 23),
        Drawing("hills", 20_000, 20, 97),
        Drawing("ramp", 300, 200, 1),
        Drawing("flat", 80, 60, 77),
    ):
        name = f"drawn-{drawing.kind}-{drawing.width}x{drawing.height}.png"
        Image.fromarray(draw(drawing)).save(folder / name)


WRITERS = (
    _as_shipped, _resized, _foreign_colours, _turned, _turned_oddly, _drawn,
    write_jpegs, write_pngs, write_webps, write_avifs, write_gifs, write_bmps,
)  # fmt: skip
