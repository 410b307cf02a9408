"""HEIC files of every kind that a phone writes, encoded here by Pillow's plugin."""

import re
import struct
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pillow_heif
from PIL import Image, ImageOps

from tests.hashing.drawings import Rgb

pillow_heif.register_heif_opener()

ORIENTATION = 0x0112
"""The tag of EXIF."""
PHONE_TILE = 512
"""The side of the tiles that an iPhone cuts its photographs into."""

UNDONE = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}
"""What turns an upright picture back to how a file of each orientation has it."""

NCLX_LIMITED_BT709: dict[str, Any] = {
    "color_primaries": 1,
    "transfer_characteristics": 1,
    "matrix_coefficients": 1,
    "full_range_flag": 0,
}
DISPLAY_P3: dict[str, Any] = {"color_primaries": 12, "transfer_characteristics": 13}


def write_heic_files(folder: Path) -> list[Path]:
    """Write them into an empty folder and return them."""
    photograph = shipped_photograph()
    for writer in (_qualities, _sizes, _tiles, _orientations, _colours, _depths, _alpha, _several):
        writer(folder, photograph)
    return sorted(folder.iterdir())


def shipped_photograph() -> Image.Image:
    """Return one that scikit-learn carries: roofs and leaves, with many edges, 640 x 427."""
    spec = find_spec("sklearn")
    assert spec
    assert spec.origin
    with Image.open(Path(spec.origin).parent / "datasets/images/china.jpg") as picture:
        return picture.convert("RGB")


def write_phone_photograph(path: Path, size: tuple[int, int]) -> None:
    """Write a photograph as an iPhone does: in tiles, lying on its side."""
    picture = shipped_photograph().resize(size)
    picture.save(path, tile_size=PHONE_TILE, quality=60, exif=_oriented(6))


def upright_heic(path: Path) -> Rgb:
    """Decode a file with Pillow's plugin, which applies rotations: the stored colours, opaque."""
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB"))


def stored_heic(path: Path) -> Rgb:
    """Decode a file whose name ends in its orientation, and undo that."""
    orientation = int(path.stem.rsplit("-", 1)[1])
    with Image.open(path) as picture:
        return np.asarray(picture.convert("RGB").transpose(UNDONE[orientation]))


def _qualities(folder: Path, photograph: Image.Image) -> None:
    """Leave more and more to the decoder's filters, and nothing."""
    for quality in (1, 10, 30, 50, 80, -1):
        photograph.save(folder / f"quality{quality}.heic", quality=quality)


def _sizes(folder: Path, photograph: Image.Image) -> None:
    """Odd ones are coded with a margin, which is cropped again."""
    for size in ((65, 127), (333, 500), (1021, 64)):
        photograph.resize(size).save(folder / f"size-{size[0]}x{size[1]}.heic")


def _tiles(folder: Path, photograph: Image.Image) -> None:
    for side in (128, PHONE_TILE):
        photograph.save(folder / f"tiles-{side}.heic", tile_size=side)
    photograph.save(folder / "tiles-turned.heic", tile_size=PHONE_TILE, exif=_oriented(6))


def _orientations(folder: Path, photograph: Image.Image) -> None:
    """Note each orientation: the plugin turns it into a rotation and a mirroring of the picture."""
    for orientation in range(1, 9):
        file = folder / f"orientation-{orientation}.heic"
        photograph.save(file, exif=_oriented(orientation))


def _oriented(orientation: int) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return exif.tobytes()


def _colours(folder: Path, photograph: Image.Image) -> None:
    for chroma in ("420", "422", "444"):
        photograph.save(folder / f"chroma-{chroma}.heic", chroma=int(chroma))
    photograph.save(folder / "limited-range.heic", **NCLX_LIMITED_BT709)
    photograph.save(folder / "display-p3.heic", **DISPLAY_P3)
    photograph.convert("L").save(folder / "grey.heic")


def _depths(folder: Path, photograph: Image.Image) -> None:
    deep = (np.asarray(photograph).astype(np.uint16) << 8).tobytes()
    for twelve in (False, True):
        pillow_heif.options.SAVE_HDR_TO_12_BIT = twelve
        file = pillow_heif.from_bytes("RGB;16", photograph.size, deep)
        file.save(folder / f"depth-{12 if twelve else 10}.heic")
    pillow_heif.options.SAVE_HDR_TO_12_BIT = False


def _alpha(folder: Path, photograph: Image.Image) -> None:
    """Colour under full transparency is kept, by the reference and here."""
    veiled = photograph.copy()
    veiled.putalpha(Image.linear_gradient("L").resize(photograph.size))
    veiled.save(folder / "alpha.heic")


def _several(folder: Path, photograph: Image.Image) -> None:
    """Write a burst, of which the second picture is the primary one."""
    mirrored = ImageOps.mirror(photograph)
    photograph.save(folder / "burst.heic", save_all=True, append_images=[mirrored], primary_index=1)


def write_damaged_heics(folder: Path) -> list[Path]:
    """Write files that break off early or late, or are overwritten where the boxes are."""
    whole = folder / "whole.heic"
    shipped_photograph().save(whole, tile_size=128)
    content = whole.read_bytes()
    whole.unlink()
    damaged = {
        "header": content[:40],
        "half": content[: len(content) // 2],
        "almost": content[:-1000],
        "scrambled": content[:60] + bytes(200) + content[260:],
    }
    for name, remains in damaged.items():
        (folder / f"{name}.heic").write_bytes(remains)
    return sorted(folder.iterdir())


def write_huge_heic(folder: Path) -> Path:
    """Write a small picture whose `ispe` boxes state 30,000 pixels a side."""
    file = folder / "huge.heic"
    shipped_photograph().save(file)
    content = bytearray(file.read_bytes())
    size = struct.pack(">II", 30_000, 30_000)
    for box in re.finditer(b"ispe", bytes(content)):
        content[box.end() + 4 : box.end() + 12] = size
    file.write_bytes(content)
    return file
