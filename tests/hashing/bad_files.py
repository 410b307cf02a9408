"""Files that are no pictures, or no longer, each with the reason the hasher must give."""

import io
import struct
import zlib
from pathlib import Path

from PIL import Image

from tests.hashing.drawings import Drawing, draw

PICTURE = Image.fromarray(draw(Drawing("hills", 640, 480, 23)))
LARGE_PICTURE = Image.fromarray(draw(Drawing("hills", 1200, 1000, 23)))


def write_bad_files(folder: Path) -> dict[Path, str]:
    """Write them into `folder` and return each one's reason."""
    contents = _contents()
    for name, (_, content) in contents.items():
        (folder / name).write_bytes(content)
    return {folder / name: reason for name, (reason, _) in contents.items()}


def _contents() -> dict[str, tuple[str, bytes]]:
    jpeg, png, webp, gif, bmp, avif = map(_saved, ("JPEG", "PNG", "WEBP", "GIF", "BMP", "AVIF"))
    return {
        "empty.jpg": ("empty", b""),
        "words.jpg": ("unsupported", b"Not a picture at all."),
        "drawing.svg": ("svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
        "scan.tiff": ("tiff", _saved("TIFF")),
        "scan.pdf": ("pdf", _saved("PDF")),
        "holiday.zip": ("archive", b"PK\x03\x04" + bytes(30)),
        "camera.cr2": ("raw", b"II*\0\x10\0\0\0CR\x02\0" + bytes(100)),
        "header.heic": ("unreadable", struct.pack(">I", 24) + b"ftypheic" + bytes(12)),
        "signature.jpg": ("unreadable", jpeg[:3]),
        "header.jpg": ("unreadable", jpeg[:40]),
        "half.jpg": ("unreadable", jpeg[: len(jpeg) // 2]),
        "almost.jpg": ("unreadable", jpeg[:-1000]),
        "half.png": ("unreadable", png[: len(png) // 2]),
        "header.webp": ("unreadable", webp[:20]),
        "half.gif": ("unreadable", gif[: len(gif) // 2]),
        "almost.gif": ("unreadable", gif[:-100]),
        "half.bmp": ("unreadable", bmp[: len(bmp) // 2]),
        "almost.bmp": ("unreadable", bmp[:-1]),
        "half.avif": ("unreadable", avif[: len(avif) // 2]),
        "almost.avif": ("unreadable", avif[:-1]),
        "half.webp": ("unreadable", webp[: len(webp) // 2]),
        "scrambled.png": ("unreadable", _scrambled(png)),
        # Of pictures this large a small copy is tried as well, which is no better.
        "scrambled-large.png": ("unreadable", _scrambled(_saved("PNG", LARGE_PICTURE))),
        "bomb.png": ("too-large", _png_bomb(30_000, 30_000)),
        "ribbon.png": ("too-large", _png_bomb(40_000, 8)),
        "bomb.jpg": ("too-large", _jpeg_bomb(jpeg, 30_000, 30_000)),
        "bomb.webp": ("too-large", _webp_bomb(16_383, 16_383)),
        "plain.png": ("too-plain", _saved("PNG", Image.new("RGB", (640, 480), "teal"))),
        "tiny.png": ("too-plain", _saved("PNG", Image.new("RGB", (1, 1), "teal"))),
    }


def _saved(kind: str, picture: Image.Image = PICTURE) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind)
    return file.getvalue()


def _scrambled(png: bytes) -> bytes:
    return png[:1000] + bytes(200) + png[1200:]


def _png_bomb(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = (b"IHDR", header), (b"IDAT", zlib.compress(bytes(1000))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _jpeg_bomb(jpeg: bytes, width: int, height: int) -> bytes:
    """Change the size that the frame header (marker FFC0) states."""
    size = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:size] + struct.pack(">HH", height, width) + jpeg[size + 4 :]


def _webp_bomb(width: int, height: int) -> bytes:
    size = (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
    chunk = b"VP8X" + struct.pack("<I", 10) + bytes(4) + size
    return b"RIFF" + struct.pack("<I", 4 + len(chunk)) + b"WEBP" + chunk
