"""PNG: every depth and kind of colour, interlaced or not, with all that may be said of colours."""

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import PngImagePlugin

from tests.hashing.photographs import photograph, small_photograph

Samples = NDArray[np.uint16]
GREY, COLOUR, PALETTE = 0, 2, 3
ADAM7 = (
    (0, 0, 8, 8),
    (0, 4, 8, 8),
    (4, 0, 8, 4),
    (0, 2, 4, 4),
    (2, 0, 4, 2),
    (0, 1, 2, 2),
    (1, 0, 2, 1),
)
"""Row and column of the first pixel of each pass, and the steps from one to the next."""


def write_pngs(folder: Path) -> None:
    photograph("astronaut.png").save(folder / "png-colour.png")
    _write_longer(folder / "png-with-something-behind.png")
    grey = np.asarray(small_photograph("camera.png").convert("L"), dtype=np.uint16)
    for depth in (1, 2, 4, 8):
        samples = (grey >> (8 - depth)).astype(np.uint16)
        for interlaced in (False, True):
            name = f"png-grey-{depth}{'-interlaced' if interlaced else ''}.png"
            (folder / name).write_bytes(png(samples[..., None], depth, GREY, interlaced))
    _write_palettes(folder)
    _write_deep(folder)
    _write_colour_statements(folder)


def _write_longer(file: Path) -> None:
    """Write one that a program has used to carry something else, too."""
    small_photograph("china.jpg").save(file)
    file.write_bytes(file.read_bytes() + bytes(70_000))


def _write_palettes(folder: Path) -> None:
    for depth in (1, 2, 4, 8):
        picture = small_photograph("chelsea.png").quantize(1 << depth)
        picture.save(folder / f"png-palette-{depth}.png", bits=depth)


def _write_deep(folder: Path) -> None:
    """16 bits a sample: what the reference sees are the upper eight."""
    rough = np.random.default_rng(16).integers(0, 256, (240, 320, 3), dtype=np.uint16)
    deep = np.asarray(small_photograph("flower.jpg"), dtype=np.uint16) * 256 + rough
    (folder / "png-colour-16.png").write_bytes(png(deep, 16, COLOUR, interlaced=False))
    (folder / "png-colour-16-interlaced.png").write_bytes(png(deep, 16, COLOUR, interlaced=True))


def _write_colour_statements(folder: Path) -> None:
    picture = small_photograph("coffee.png")
    for name, (chunk, content) in {
        "gamma": (b"gAMA", struct.pack(">I", 100_000)),
        "chromaticities": (
            b"cHRM",
            struct.pack(">8I", *(31270, 32900, 15000, 6000, 30000, 60000, 64000, 33000)),
        ),
        "srgb": (b"sRGB", b"\0"),
        "hdr": (b"cICP", bytes((9, 16, 0, 1))),
    }.items():
        said = PngImagePlugin.PngInfo()
        said.add(chunk, content)
        picture.save(folder / f"png-{name}.png", pnginfo=said)


def png(samples: Samples, depth: int, colour: int, interlaced: bool) -> bytes:
    """Return a file of rows x columns x channels, which Pillow itself could not write."""
    height, width, _ = samples.shape
    header = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlaced)
    passes = ADAM7 if interlaced else ((0, 0, 1, 1),)
    rows = b"".join(
        b"\0" + row
        for top, left, down, across in passes
        for row in _packed(samples[top::down, left::across], depth)
    )
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _packed(samples: Samples, depth: int) -> Iterator[bytes]:
    for row in samples.reshape(len(samples), -1):
        bits = row[:, None] >> np.arange(depth - 1, -1, -1, dtype=np.uint16) & 1
        yield np.packbits(bits.astype(np.uint8)).tobytes()


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
