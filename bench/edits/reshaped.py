"""Edits that lose a part of the picture, or turn it."""

import math
from functools import partial

import numpy as np
from PIL import Image, ImageOps

from bench.edits.crops import Cut, centre, cropped, one_side, to_aspect
from bench.edits.family import ASPECTS, Family

SIDES = ("left", "top", "right", "bottom")
HANDS = 10
CENTRED = (2, 3, 5, 6, 8, 9, 11, 13, 15, 18, 20)
"""Per cent; none is what the device cuts, so that no crop is found by being the same."""


def turned() -> Family:
    yield "mirrored", "mirrored", ImageOps.mirror
    for name, turn in (
        ("90", Image.Transpose.ROTATE_90),
        ("180", Image.Transpose.ROTATE_180),
        ("270", Image.Transpose.ROTATE_270),
    ):
        yield "quarter turns", name, partial(Image.Image.transpose, method=turn)
    for degrees in (1, 2, 3):
        yield "straightened", f"{degrees} degrees", partial(_straightened, degrees=degrees)


def recropped() -> Family:
    for percent in CENTRED:
        yield "centre crop", f"{percent} %", partial(cropped, cut=centre(percent))
    for percent in (5, 10, 20):
        for side in SIDES:
            yield f"one side {percent} %", side, partial(cropped, cut=one_side(side, percent))
    for number in range(HANDS):
        yield "by hand, 0-3 % a side", f"{number}", partial(cropped, cut=_by_hand(number, 0.03))
        yield "by hand, 0-10 % a side", f"{number}", partial(cropped, cut=_by_hand(number, 0.10))
    for name, aspect in ASPECTS.items():
        yield "cut to a shape", name, partial(_to_shape, aspect=aspect)


def _straightened(picture: Image.Image, degrees: float) -> Image.Image:
    """Turn a little and keep what has no empty corners, as phones do."""
    width, height = picture.size
    slope = math.tan(math.radians(degrees))
    turned = picture.rotate(degrees, Image.Resampling.BICUBIC)
    return cropped(turned, Cut(*2 * (height / width * slope / 2, width / height * slope / 2)))


def _by_hand(number: int, most: float) -> Cut:
    """Cut up to this part from every side, each by chance."""
    return Cut(*np.random.default_rng(number).uniform(0, most, 4).tolist())


def _to_shape(picture: Image.Image, aspect: float) -> Image.Image:
    return cropped(picture, to_aspect(picture.size, aspect))
