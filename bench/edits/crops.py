"""What a crop cuts off: fractions of the picture's width and height, from each side."""

from typing import NamedTuple

from PIL import Image


class Cut(NamedTuple):
    """Left and right are parts of the width, top and bottom of the height; 0 keeps all."""

    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0


def cropped(picture: Image.Image, cut: Cut) -> Image.Image:
    width, height = picture.size
    return picture.crop(
        (
            round(width * cut.left),
            round(height * cut.top),
            width - round(width * cut.right),
            height - round(height * cut.bottom),
        )
    )


def centre(percent: float) -> Cut:
    """Cut this much of the width and of the height, half of it from each side."""
    part = percent / 200
    return Cut(part, part, part, part)


def one_side(side: str, percent: float) -> Cut:
    return Cut()._replace(**{side: percent / 100})


def to_aspect(size: tuple[int, int], aspect: float) -> Cut:
    """Keep the largest middle part whose width is `aspect` times its height."""
    width, height = size
    if width > aspect * height:
        part = (1 - aspect * height / width) / 2
        return Cut(left=part, right=part)
    part = (1 - width / aspect / height) / 2
    return Cut(top=part, bottom=part)
