"""The reference's hashes of a film, made in this process: PyAV and `pdqhash` for PyPI `vpdq`.

A test says that both agree on the films of the vectors, so that other films need no `vpdq`, which
has to be compiled.
"""

from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from av.video.reformatter import Colorspace, Interpolation

from tests.hashing.oracle import pdq_of


class Frame(NamedTuple):
    """A sampled frame: its number, 64 hexadecimal digits, and 0 to 100."""

    number: int
    hash: str
    quality: int


def frames_of(film: Path) -> list[Frame]:
    """Source: PyPI `vpdq` 0.2.5, `filehasher.cpp` and `ffmpegwrapper.cpp`."""
    with av.open(str(film)) as container:
        rate = container.streams.video[0].average_rate
        assert rate
        step = max(1, int(float(rate)))
        numbered = enumerate(container.decode(video=0))
        return [Frame(number, *_pdq(frame)) for number, frame in numbered if number % step == 0]


def _pdq(frame: av.VideoFrame) -> tuple[str, int]:
    """Of the colours that libswscale makes when nobody tells it which the film has."""
    colours = frame.to_ndarray(
        format="rgb24",
        interpolation=Interpolation.AREA,
        src_colorspace=Colorspace.ITU601,
        dst_colorspace=Colorspace.ITU601,
    )
    return pdq_of(np.asarray(colours, dtype=np.uint8))
