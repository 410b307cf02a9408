"""BMP: every depth, packed or not, from below and from the top, with old and new headers."""

import struct
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from tests.hashing.photographs import small_photograph

Bytes = NDArray[np.uint8]
SIZE = (318, 240)
RLE8, RLE4, BIT_FIELDS = 1, 2, 3


def write_bmps(folder: Path) -> None:
    picture = small_photograph("chelsea.png", SIZE)
    for mode in ("1", "L", "P", "RGB"):
        (picture.quantize(200) if mode == "P" else picture.convert(mode)).save(
            folder / f"bmp-{mode}.bmp"
        )
    rgb = np.asarray(picture)
    true_colour = np.dstack([rgb[..., ::-1], np.zeros(rgb.shape[:2], np.uint8)])
    for name, content in {
        "4": _indexed(16, 4, 0),
        "rle-8": _indexed(256, 8, RLE8),
        "rle-4": _indexed(16, 4, RLE4),
        "16": _bmp(_rows(_fifteen_bits(rgb)), 16),
        "16-565": _bmp(
            _rows(_sixteen_bits(rgb)), 16, BIT_FIELDS, struct.pack("<3I", 0xF800, 0x7E0, 0x1F)
        ),
        "32": _bmp(_rows(true_colour), 32),
        "from-the-top": _bmp(_rows(rgb[..., ::-1])[::-1], 24, height=-SIZE[1]),
        "os2": _os2(_rows(rgb[..., ::-1])),
    }.items():
        (folder / f"bmp-{name}.bmp").write_bytes(content)


def _indexed(colours: int, depth: int, packing: int) -> bytes:
    picture = small_photograph("chelsea.png", SIZE).quantize(colours)
    indices = np.asarray(picture)
    palette = np.zeros((colours, 4), np.uint8)
    palette[:, :3] = np.reshape(picture.getpalette()[: 3 * colours], (-1, 3))[:, ::-1]  # type: ignore[index]
    if packing:
        rows = [_run_lengths(row, depth) for row in indices[::-1]]
        rows[-1] = rows[-1][:-2] + b"\0\1"
    else:
        rows = _rows(indices[:, ::2] << 4 | indices[:, 1::2])
    return _bmp(rows, depth, packing, palette.tobytes(), colours=colours)


def _run_lengths(row: Bytes, depth: int) -> bytes:
    """Two pixels a run, alike in 8 bits and any in 4; then a block as it is, and the row's end."""
    if depth == 4:
        return b"".join(bytes((2, a << 4 | b)) for a, b in row.reshape(-1, 2).tolist()) + b"\0\0"
    plain = bytes((0, 200)) + row[:200].tobytes()
    return plain + b"".join(bytes((1, index)) for index in row[200:].tolist()) + b"\0\0"


def _fifteen_bits(rgb: Bytes) -> Bytes:
    red, green, blue = (rgb[..., channel].astype("<u2") >> 3 for channel in range(3))
    return (red << 10 | green << 5 | blue).astype("<u2").view(np.uint8)


def _sixteen_bits(rgb: Bytes) -> Bytes:
    red, green, blue = (rgb[..., channel].astype("<u2") for channel in range(3))
    return (red >> 3 << 11 | green >> 2 << 5 | blue >> 3).astype("<u2").view(np.uint8)


def _rows(pixels: Bytes) -> list[bytes]:
    """From the bottom, each filled up to four bytes."""
    rows = [np.ascontiguousarray(row).tobytes() for row in pixels[::-1]]
    return [row + bytes(-len(row) % 4) for row in rows]


def _bmp(
    rows: list[bytes],
    depth: int,
    packing: int = 0,
    tables: bytes = b"",
    colours: int = 0,
    height: int = SIZE[1],
) -> bytes:
    pixels = b"".join(rows)
    start = 14 + 40 + len(tables)
    sizes = (SIZE[0], height, 1, depth, packing, len(pixels), 2835, 2835, colours, 0)
    header = struct.pack("<IiiHHIIiiII", 40, *sizes)
    return b"BM" + struct.pack("<IHHI", start + len(pixels), 0, 0, start) + header + tables + pixels


def _os2(rows: list[bytes]) -> bytes:
    header = struct.pack("<IHHHH", 12, *SIZE, 1, 24)
    pixels = b"".join(rows)
    return b"BM" + struct.pack("<IHHI", 26 + len(pixels), 0, 0, 26) + header + pixels
