"""Films made of photographs that scikit-image ships: the camera wanders, and cuts to the next.

`python -m tests.video.films` draws the small ones that are kept beside the vectors. The encoders
are PyAV's own, so another version of it may write other bytes: the files are part of the vectors.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path

import av
import numpy as np
from av.video.reformatter import Colorspace
from PIL import Image

from tests.hashing.drawings import Rgb
from tests.hashing.photographs import photograph

FOLDER = Path(__file__).parents[2] / "contract" / "vectors" / "vpdq"

RATES = (
    Fraction(24), Fraction(25), Fraction(30_000, 1001), Fraction(30), Fraction(50), Fraction(60),
)  # fmt: skip

ENCODERS = {
    "h264": ("libx264", "mp4", {"preset": "medium", "crf": "40"}),
    "vp9": ("libvpx-vp9", "webm", {"deadline": "realtime", "cpu-used": "5", "b": "0", "crf": "56"}),
    "av1": ("libsvtav1", "mp4", {"preset": "8", "crf": "58"}),
}
"""Of each codec: the encoder, the container and its options, for files as small as may be."""

SCENES = ("astronaut.png", "coffee.png", "chelsea.png", "rocket.jpg", "motorcycle_left.png")
SECONDS_A_SCENE = 1.7
"""Not a whole number, so that a cut is never where a frame is sampled."""


@dataclass(frozen=True)
class Film:
    codec: str
    rate: Fraction
    size: tuple[int, int] = (320, 180)
    seconds: float = 7.5
    colours: Colorspace | None = None
    """Which the file says that it has; most say nothing."""

    @property
    def name(self) -> str:
        told = f"-{self.colours.name.lower()}" if self.colours else ""
        return f"{self.codec}-{float(self.rate):.5g}{told}.{ENCODERS[self.codec][1]}"


SMALL = (
    *(Film(codec, rate) for codec, rate in product(ENCODERS, RATES)),
    *(Film("h264", Fraction(30), colours=told) for told in (Colorspace.ITU601, Colorspace.ITU709)),
)


def shoot(film: Film, folder: Path) -> Path:
    """Write a film into a folder and return its file."""
    encoder, container, options = ENCODERS[film.codec]
    path = folder / film.name
    with av.open(str(path), "w", format=container) as output:
        stream = output.add_stream(encoder, film.rate, dict(options))
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height = film.size
        stream.pix_fmt = "yuv420p"
        if film.colours:
            stream.codec_context.colorspace = film.colours
        for picture in pictures(film):
            output.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        output.mux(stream.encode())
    return path


def pictures(film: Film) -> Iterator[Rgb]:
    """Draw the frames of a film, one after the other."""
    for number in range(int(film.seconds * film.rate)):
        scene, moment = divmod(float(number / film.rate), SECONDS_A_SCENE)
        yield _look(SCENES[int(scene) % len(SCENES)], moment / SECONDS_A_SCENE, film.size)


def _look(name: str, moment: float, size: tuple[int, int]) -> Rgb:
    """Look at a part of a photograph that moves and closes in as `moment` goes from 0 to 1."""
    whole = _photograph(name)
    width = whole.width * (0.9 - 0.3 * moment)
    height = min(width * size[1] / size[0], whole.height)
    left, top = (whole.width - width) * moment, (whole.height - height) * (1 - moment)
    box = (left, top, left + width, top + height)
    return np.asarray(whole.resize(size, Image.Resampling.BILINEAR, box=box))


_photograph = cache(photograph)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for small in SMALL:
        shoot(small, FOLDER)
