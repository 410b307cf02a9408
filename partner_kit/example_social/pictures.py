"""From the bytes somebody uploaded to a hash, and to a picture that is safe to show."""

import io
from dataclasses import dataclass

import numpy as np
import pdqhash
from PIL import Image, ImageOps, UnidentifiedImageError

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 100_000_000
"""A small file can unpack to gigabytes; 100 megapixels is more than any phone takes."""

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
SHOWN_SIZE = 1600
"""The longer side in pixels of the picture that is shown."""


class BadPicture(Exception):
    """The upload cannot be taken; the message is a sentence for whoever sent it."""


@dataclass(frozen=True)
class Picture:
    """What is kept of an upload. `shown` is a JPEG drawn anew: no place, no camera, no extras."""

    pdq: str
    quality: int
    shown: bytes

    @property
    def hash(self) -> str:
        """The value to look up and to answer about."""
        return self.pdq


def read_picture(data: bytes) -> Picture:
    """Verify, turn upright, hash at full size.

    Raises:
        BadPicture: empty, too large, not a picture, or damaged.
    """
    if not data:
        raise BadPicture("Choose a picture first.")
    check_size(data)
    upright = _decode(data)
    pdq, quality = _pdq(upright)
    return Picture(pdq, quality, _redraw(upright))


def check_size(data: bytes) -> None:
    """Refuse what is too large.

    Raises:
        BadPicture: over `MAX_BYTES`.
    """
    if len(data) > MAX_BYTES:
        raise BadPicture("This file is larger than 20 MB. Choose a smaller one.")


def _decode(data: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(data), formats=FORMATS) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise BadPicture("This picture has more than 100 megapixels. Choose a smaller one.")
            return ImageOps.exif_transpose(picture).convert("RGB")
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise BadPicture(
            "This picture has more than 100 megapixels. Choose a smaller one."
        ) from bomb
    except UnidentifiedImageError as unknown:
        raise BadPicture("This is not a JPEG, PNG, WebP or GIF picture.") from unknown
    except (OSError, ValueError, SyntaxError, EOFError) as damaged:  # what Pillow's decoders raise
        raise BadPicture("This picture is damaged and could not be read.") from damaged


def _pdq(upright: Image.Image) -> tuple[str, int]:
    bits, quality = pdqhash.compute(np.asarray(upright))
    return np.packbits(bits).tobytes().hex(), int(quality)


def _redraw(upright: Image.Image) -> bytes:
    upright.thumbnail((SHOWN_SIZE, SHOWN_SIZE))
    file = io.BytesIO()
    upright.save(file, "JPEG", quality=85)
    return file.getvalue()
