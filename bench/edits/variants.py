"""Which versions of a picture a device could hash: those that it does, and those left out."""

from functools import partial

from PIL import Image, ImageOps

from bench.edits.crops import centre, cropped, one_side, to_aspect
from bench.edits.family import Edit


def _as_it_is(picture: Image.Image) -> Image.Image:
    return picture


def _shape(aspect: float) -> Edit:
    return lambda picture: cropped(picture, to_aspect(picture.size, aspect))


def _crop(percent: float) -> Edit:
    return partial(cropped, cut=centre(percent))


CHOSEN: dict[str, Edit] = {
    "upright": _as_it_is,
    "mirrored": ImageOps.mirror,
    "crop-4": _crop(4),
    "crop-10": _crop(10),
    "crop-17": _crop(17),
    "crop-1x1": _shape(1),
    "crop-4x5": _shape(4 / 5),
}
"""As in contract/signal_types.json, but for `stored`, which only files with a rotation have."""

LEFT_OUT: dict[str, Edit] = {
    "turned by 90": partial(Image.Image.transpose, method=Image.Transpose.ROTATE_90),
    "turned by 180": partial(Image.Image.transpose, method=Image.Transpose.ROTATE_180),
    "crop of 7 %": _crop(7),
    "crop of 13.5 %": _crop(13.5),
    "crop of 20 %": _crop(20),
    "5 % off the left": partial(cropped, cut=one_side("left", 5)),
    "8 % off the top": partial(cropped, cut=one_side("top", 8)),
    "8 % off the bottom": partial(cropped, cut=one_side("bottom", 8)),
    "cut to 3:4": _shape(3 / 4),
    "cut to 16:9": _shape(16 / 9),
    "cut to 9:16": _shape(9 / 16),
}
