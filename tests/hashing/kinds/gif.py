"""GIF: of an animation the first frame is hashed, wherever on the canvas it lies."""

import io
import struct
from pathlib import Path

from PIL import Image

from tests.hashing.photographs import small_photograph


def write_gifs(folder: Path) -> None:
    picture, other = (small_photograph(name) for name in ("chelsea.png", "rocket.jpg"))
    picture.save(folder / "gif-still.gif")
    picture.save(folder / "gif-straight.gif", interlace=0)
    picture.convert("L").save(folder / "gif-grey.gif")
    picture.convert("1").save(folder / "gif-two-colours.gif")
    picture.save(folder / "gif-animated.gif", save_all=True, append_images=[other], duration=90)
    still = (folder / "gif-still.gif").read_bytes()
    (folder / "gif-local-palette.gif").write_bytes(_with_local_palette(still))
    (folder / "gif-large-first-frame.gif").write_bytes(_on_canvas(still, (60, 0)))
    (folder / "gif-beyond-canvas.gif").write_bytes(_moved(_black_first(picture)))
    (folder / "gif-small-first-frame.gif").write_bytes(_on_larger_canvas(_black_first(picture)))


def _with_local_palette(gif: bytes) -> bytes:
    """Move the palette of 256 colours behind the description of the frame."""
    palette, rest = gif[13 : 13 + 768], gif[13 + 768 :]
    frame = rest.index(b",\0\0\0\0")
    described, pixels = rest[: frame + 10], rest[frame + 10 :]
    local = described[:-1] + bytes((described[-1] | 0x87,))
    return gif[:10] + bytes((gif[10] & 0x7F,)) + gif[11:13] + local + palette + pixels


def _on_larger_canvas(gif: bytes) -> bytes:
    """Leave room around the frame. Both sides then show the palette's first colour or black."""
    return _on_canvas(_moved(gif), (400, 300))


def _moved(gif: bytes) -> bytes:
    """Let the frame begin in the midst of its canvas."""
    frame = gif.index(b",\0\0\0\0", 13 + 768)
    return gif[:frame] + b"," + struct.pack("<HH", 24, 16) + gif[frame + 5 :]


def _on_canvas(gif: bytes, size: tuple[int, int]) -> bytes:
    return gif[:6] + struct.pack("<HH", *size) + gif[10:]


def _black_first(picture: Image.Image) -> bytes:
    indexed = picture.quantize(255)
    colours = indexed.getpalette() or []
    shifted = indexed.point(lambda index: index + 1)
    shifted.putpalette([0, 0, 0, *colours[: 3 * 255]])
    file = io.BytesIO()
    shifted.save(file, "GIF", optimize=False)
    return file.getvalue()
