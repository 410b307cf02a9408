"""JPEG: every kind of frame, of colours and of subsampling that is met in the wild."""

import io
import re
from pathlib import Path
from typing import Any

from PIL import Image, ImageChops

from tests.hashing.photographs import photograph, small_photograph

SAMPLING_IN_FRAME = re.compile(rb"(\xff\xc0\x00\x11.)(....)(\x03\x01)(.)", re.DOTALL)


def write_jpegs(folder: Path) -> None:
    picture = photograph("coffee.png")
    kinds: dict[str, dict[str, Any]] = {
        "baseline": {},
        "progressive": {"progressive": True},
        "444": {"subsampling": "4:4:4"},
        "422": {"subsampling": "4:2:2"},
        "restart-markers": {"restart_marker_blocks": 3},
        "restart-rows": {"restart_marker_rows": 1, "progressive": True},
        "stored-as-rgb": {"keep_rgb": True},
        "worst": {"quality": 5},
    }
    for name, options in kinds.items():
        picture.save(folder / f"jpeg-{name}.jpg", **{"quality": 85, **options})
    _write_subsamplings(folder)
    _write_colours(folder)
    _write_odd_segments(folder)


def _write_odd_segments(folder: Path) -> None:
    """Put before the first segment what every reader passes over."""
    whole = _saved(small_photograph("china.jpg"))
    odd = {
        "filled": b"\xff" * 100_000,
        "too-short": b"\xff\xfe\0\0",
        "many": b"\xff\xfe\0\2" * 5000,
    }
    for name, bytes_between in odd.items():
        (folder / f"jpeg-{name}-segment.jpg").write_bytes(whole[:2] + bytes_between + whole[2:])


def _write_subsamplings(folder: Path) -> None:
    """Declare other blocks than those that were written: what is shown is scrambled but valid."""
    wide, square = (_saved(small_photograph("china.jpg"), subsampling=kind) for kind in (1, 2))
    (folder / "jpeg-440.jpg").write_bytes(_declared(wide, b"\x12", (160, 480)))
    (folder / "jpeg-411.jpg").write_bytes(_declared(square, b"\x41", (640, 120)))
    (folder / "jpeg-410.jpg").write_bytes(_declared(square, b"\x14", (80, 960)))


def _declared(jpeg: bytes, sampling: bytes, size: tuple[int, int]) -> bytes:
    stated = size[1].to_bytes(2, "big") + size[0].to_bytes(2, "big")
    return SAMPLING_IN_FRAME.sub(lambda m: m[1] + stated + m[3] + sampling, jpeg, count=1)


def _write_colours(folder: Path) -> None:
    picture = photograph("china.jpg")
    picture.convert("L").save(folder / "jpeg-grey.jpg")
    picture.convert("L").save(folder / "jpeg-grey-progressive.jpg", progressive=True)
    inks = picture.convert("CMYK")
    inks.save(folder / "jpeg-cmyk.jpg", quality=90)
    inks.save(folder / "jpeg-cmyk-progressive.jpg", quality=90, progressive=True)
    (folder / "jpeg-ycck.jpg").write_bytes(_ycck(picture))


def _ycck(picture: Image.Image) -> bytes:
    """Store inks as luma and colour differences, as Photoshop does, and say so in its segment."""
    black = Image.new("L", picture.size, 255)
    stored = Image.merge("CMYK", (*picture.convert("YCbCr").split(), black))
    # Pillow inverts inks as Photoshop does; these are to be stored as they are.
    jpeg = _saved(ImageChops.invert(stored), quality=95)
    transform = jpeg.index(b"Adobe") + 11
    return jpeg[:transform] + b"\x02" + jpeg[transform + 1 :]


def _saved(picture: Image.Image, **options: Any) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", **options)
    return file.getvalue()
