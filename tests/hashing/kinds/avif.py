"""AVIF: with all, half or no colour samples, in both ranges, in 8 and in 10 bits."""

from pathlib import Path

import av
import numpy as np
from PIL import Image

from tests.hashing.photographs import photograph, small_photograph


def write_avifs(folder: Path) -> None:
    for name in ("astronaut.png", "flower.jpg"):
        picture = photograph(name)
        for subsampling in ("4:2:0", "4:2:2", "4:4:4", "4:0:0"):
            for span in ("full", "limited"):
                kind = f"{subsampling.replace(':', '')}-{span}"
                options = {"subsampling": subsampling, "range": span}
                picture.save(folder / f"avif-{kind}-{name}.avif", quality=80, speed=9, **options)
    small_photograph("china.jpg", (331, 223)).save(folder / "avif-odd-sides.avif", speed=9)
    frames = [small_photograph(name) for name in ("chelsea.png", "rocket.jpg")]
    frames[0].save(folder / "avif-animated.avif", save_all=True, append_images=frames[1:], speed=9)
    _write_ten_bits(folder / "avif-ten-bits.avif", small_photograph("coffee.png"))


def _write_ten_bits(path: Path, picture: Image.Image) -> None:
    with av.open(path, "w", format="avif") as file:
        stream = file.add_stream("libsvtav1", options={"preset": "10"})
        stream.width, stream.height = picture.size
        stream.pix_fmt = "yuv420p10le"
        frame = av.VideoFrame.from_ndarray(np.asarray(picture)).reformat(format="yuv420p10le")
        for packet in (*stream.encode(frame), *stream.encode()):
            file.mux(packet)
