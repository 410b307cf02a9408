"""Edits that keep the whole picture and put something around it."""

from functools import partial

from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

from bench.edits.family import ASPECTS, BLACK, WHITE, Family

PHONE = (360, 780)
Colour = tuple[int, int, int]


def framed() -> Family:
    for percent in (2, 5, 10, 20):
        yield "plain border", f"{percent} %", partial(_bordered, percent=percent)
    for name, aspect in ASPECTS.items():
        yield "letterbox, black", name, partial(_boxed, aspect=aspect)
        yield "letterbox, blurred", name, partial(_boxed_in_itself, aspect=aspect)
    yield "screenshot", "dark", partial(_screenshot, ground=BLACK, ink=WHITE)
    yield "screenshot", "light", partial(_screenshot, ground=WHITE, ink=BLACK)
    for percent in (10, 15, 20):
        for above in (True, False):
            name = f"{percent} % {'above' if above else 'below'}"
            yield "caption band", name, partial(_captioned, percent=percent, above=above)


def _bordered(picture: Image.Image, percent: float) -> Image.Image:
    """Add to each side this much of the shorter side."""
    return ImageOps.expand(picture, round(min(picture.size) * percent / 100), WHITE)


def _around(picture: Image.Image, aspect: float) -> tuple[int, int]:
    """Return the size of the smallest box of this shape that holds the picture."""
    width, height = picture.size
    return max(width, round(height * aspect)), max(height, round(width / aspect))


def _boxed(picture: Image.Image, aspect: float) -> Image.Image:
    return ImageOps.pad(picture, _around(picture, aspect), color=BLACK)


def _boxed_in_itself(picture: Image.Image, aspect: float) -> Image.Image:
    box = _around(picture, aspect)
    ground = ImageOps.fit(picture, box).filter(ImageFilter.GaussianBlur(max(box) / 20))
    _paste_in_middle(ground, picture)
    return ground


def _paste_in_middle(ground: Image.Image, picture: Image.Image) -> None:
    across, down = (whole - part for whole, part in zip(ground.size, picture.size, strict=True))
    ground.paste(picture, (across // 2, down // 2))


def _screenshot(picture: Image.Image, ground: Colour, ink: Colour) -> Image.Image:
    """Show it on a phone, with a clock above and buttons below, and keep the whole screen."""
    screen = Image.new("RGB", PHONE, ground)
    _paste_in_middle(screen, ImageOps.contain(picture, PHONE))
    pen = ImageDraw.Draw(screen)
    pen.text((20, 10), "12:34", ink, ImageFont.load_default(16))
    pen.text((300, 10), "87 %", ink, ImageFont.load_default(16))
    for left in range(50, 334, 87):
        pen.ellipse((left, 733, left + 20, 753), outline=ink, width=3)
    return screen


def _captioned(picture: Image.Image, percent: float, above: bool) -> Image.Image:
    """Put a white band with a line of text above or below, this much of the picture's height."""
    width, height = picture.size
    band = round(height * percent / 100)
    whole = Image.new("RGB", (width, height + band), WHITE)
    whole.paste(picture, (0, band if above else 0))
    pen, font = ImageDraw.Draw(whole), ImageFont.load_default(band * 0.5)
    pen.text((width * 0.05, (0 if above else height) + band * 0.2), "look who this is", BLACK, font)
    return whole
