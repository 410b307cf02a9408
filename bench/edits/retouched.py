"""Edits that leave every part of the picture where it was."""

import math
from functools import partial
from io import BytesIO

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from bench.edits.family import BLACK, WHITE, Family


def recompressed() -> Family:
    yield "recompressed", "JPEG 30", partial(_jpeg, quality=30)
    yield "recompressed", "480 px, JPEG 60", _sent_by_messenger


def marked() -> Family:
    yield "text over it", "two lines", _lettered
    yield "mark of 5 %", "sticker", _stickered
    yield "mark of 5 %", "blur", _blurred_spot


def toned() -> Family:
    yield "tones", "brighter", lambda it: ImageEnhance.Brightness(it).enhance(1.25)
    yield "tones", "darker", lambda it: ImageEnhance.Brightness(it).enhance(0.75)
    yield "tones", "contrast", lambda it: ImageEnhance.Contrast(it).enhance(1.3)
    yield "tones", "grey", lambda it: it.convert("L").convert("RGB")
    yield "tones", "warm", _warm


def _jpeg(picture: Image.Image, quality: int) -> Image.Image:
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return Image.open(file).convert("RGB")


def _sent_by_messenger(picture: Image.Image) -> Image.Image:
    small = picture.copy()
    small.thumbnail((480, 480))
    return _jpeg(small, 60)


def _lettered(picture: Image.Image) -> Image.Image:
    """Write over it in large letters, above and below."""
    written, (width, height) = picture.copy(), picture.size
    pen, font = ImageDraw.Draw(written), ImageFont.load_default(height * 0.1)
    for line, top in (("LOOK WHO", 0.02), ("THIS IS", 0.85)):
        pen.text(
            (width / 2, height * top), line, WHITE, font, "ma", stroke_width=2, stroke_fill=BLACK
        )
    return written


def _spot(picture: Image.Image) -> tuple[int, int, int, int]:
    """Return a disc's box, off the middle, that covers a twentieth of the picture."""
    width, height = picture.size
    radius = math.sqrt(0.05 * width * height / math.pi)
    x, y = width * 0.6, height * 0.4
    return round(x - radius), round(y - radius), round(x + radius), round(y + radius)


def _stickered(picture: Image.Image) -> Image.Image:
    marked = picture.copy()
    ImageDraw.Draw(marked).ellipse(_spot(picture), (255, 204, 51), BLACK, 3)
    return marked


def _blurred_spot(picture: Image.Image) -> Image.Image:
    marked, spot = picture.copy(), _spot(picture)
    marked.paste(picture.filter(ImageFilter.GaussianBlur(max(picture.size) / 30)).crop(spot), spot)
    return marked


def _warm(picture: Image.Image) -> Image.Image:
    red, green, blue = picture.split()
    return Image.merge("RGB", (red.point(lambda v: v * 1.15), green, blue.point(lambda v: v * 0.8)))
