"""Draws the sandbox's dummy pictures: `python -m tests.sandbox_pictures` writes them anew.

Flat shapes by a fixed rule: nothing on them is or was a person, a place or a thing.
"""

import random
from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

FOLDER = Path(__file__).parents[1] / "contract" / "sandbox"
SIDE = 256
"""Pixels. PDQ looks at 64 x 64, so this is enough, and a file stays below 10 KB."""


def picture(name: str) -> Image.Image:
    """Return one picture; the same name draws the same one for ever."""
    drawn = Image.new("RGB", (SIDE, SIDE), "white")
    dice = random.Random(name)  # noqa: S311 - a rule, no secret
    for _ in range(30):
        _SHAPES[name](ImageDraw.Draw(drawn), dice, _colour(dice))
    return drawn


def _colour(dice: random.Random) -> tuple[int, ...]:
    return tuple(dice.choice((0, 64, 128, 192, 255)) for _ in range(3))


def _place(dice: random.Random) -> tuple[int, int]:
    return dice.randrange(SIDE), dice.randrange(SIDE)


def _disc(draw: ImageDraw.ImageDraw, dice: random.Random, colour: tuple[int, ...]) -> None:
    draw.circle(_place(dice), dice.randrange(8, 48), fill=colour)


def _ring(draw: ImageDraw.ImageDraw, dice: random.Random, colour: tuple[int, ...]) -> None:
    draw.circle(_place(dice), dice.randrange(16, 80), outline=colour, width=10)


def _tile(draw: ImageDraw.ImageDraw, dice: random.Random, colour: tuple[int, ...]) -> None:
    x, y = _place(dice)
    draw.rectangle((x, y, x + dice.randrange(12, 90), y + dice.randrange(12, 90)), fill=colour)


def _beam(draw: ImageDraw.ImageDraw, dice: random.Random, colour: tuple[int, ...]) -> None:
    draw.line((*_place(dice), *_place(dice)), fill=colour, width=dice.randrange(4, 20))


def _triangle(draw: ImageDraw.ImageDraw, dice: random.Random, colour: tuple[int, ...]) -> None:
    draw.polygon([_place(dice), _place(dice), _place(dice)], fill=colour)


def _mixture(draw: ImageDraw.ImageDraw, dice: random.Random, colour: tuple[int, ...]) -> None:
    dice.choice((_disc, _ring, _tile, _beam, _triangle))(draw, dice, colour)


_SHAPES: dict[str, Callable[[ImageDraw.ImageDraw, random.Random, tuple[int, ...]], None]] = {
    "discs": _disc,
    "rings": _ring,
    "tiles": _tile,
    "beams": _beam,
    "triangles": _triangle,
    "mixture": _mixture,
    "withdrawn": _mixture,
}
NAMES = tuple(_SHAPES)

if __name__ == "__main__":
    for one in NAMES:
        picture(one).save(FOLDER / f"{one}.png", optimize=True)
