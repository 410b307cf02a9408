"""Pictures from integer formulas, so that any language draws them alike without a decoder.

`web/test/hash/drawings.ts` holds the same formulas.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Rgb = NDArray[np.uint8]
Plane = NDArray[np.uint32]
ONE = np.uint32(1)


@dataclass(frozen=True)
class Drawing:
    """What to draw. `grain` is the formula's one parameter: a brightness or a size in pixels."""

    kind: str
    width: int
    height: int
    grain: int


def draw(drawing: Drawing) -> Rgb:
    """Return the picture as height x width x 3 bytes."""
    y, x = np.indices((drawing.height, drawing.width), dtype=np.uint32)
    planes = [FORMULAS[drawing.kind](x, y, channel, drawing) for channel in range(3)]
    return np.stack(planes, axis=-1).astype(np.uint8)


def _flat(x: Plane, _y: Plane, _channel: int, drawing: Drawing) -> Plane:
    return np.full_like(x, drawing.grain)


def _ramp(x: Plane, y: Plane, channel: int, drawing: Drawing) -> Plane:
    """Brighter to the right in red, downwards in green; blue takes the mean of both."""
    across = x * 255 // max(1, drawing.width - 1)
    down = y * 255 // max(1, drawing.height - 1)
    return (across, down, (across + down) // 2)[channel]


def _checkers(x: Plane, y: Plane, _channel: int, drawing: Drawing) -> Plane:
    return (x // drawing.grain + y // drawing.grain) % 2 * 255


def _speckle(x: Plane, y: Plane, channel: int, drawing: Drawing) -> Plane:
    return _random_byte(x // drawing.grain, y // drawing.grain, channel)


def _hills(x: Plane, y: Plane, channel: int, drawing: Drawing) -> Plane:
    """Random heights on a lattice with even slopes between: the nearest thing to a photograph."""
    size = np.uint32(drawing.grain)
    row, down = y // size, y % size
    up: Plane = size - down
    top = _along_row(x, row, channel, size)
    low = _along_row(x, row + ONE, channel, size)
    return (top * up + low * down) // np.uint32(drawing.grain**2)


def _along_row(x: Plane, row: Plane, channel: int, size: np.uint32) -> Plane:
    column, right = x // size, x % size
    left: Plane = size - right
    near, far = _random_byte(column, row, channel), _random_byte(column + ONE, row, channel)
    return near * left + far * right


def _random_byte(x: Plane, y: Plane, channel: int) -> Plane:
    """Mix a place into a byte, modulo 2**32 all the way. Source: the lowbias32 integer hash."""
    mixed = x * np.uint32(0x9E3779B1) ^ y * np.uint32(0x85EBCA77) ^ np.uint32(channel * 0x2545F491)
    mixed = (mixed ^ mixed >> np.uint32(16)) * np.uint32(0x7FEB352D)
    mixed = (mixed ^ mixed >> np.uint32(15)) * np.uint32(0x846CA68B)
    return (mixed ^ mixed >> np.uint32(16)) >> np.uint32(24)


FORMULAS = {
    "flat": _flat,
    "ramp": _ramp,
    "checkers": _checkers,
    "speckle": _speckle,
    "hills": _hills,
}
