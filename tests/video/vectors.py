"""Writes `contract/vectors/vpdq.json`: what PyPI `vpdq` makes of the films that lie beside it.

`vpdq` is compiled on installation, so it is not among the locked packages. On Debian or Ubuntu:

    apt-get install g++ cmake pkg-config libav{device,filter,format,codec,util}-dev
    apt-get install libsw{resample,scale}-dev
    pip install vpdq==0.2.5

Then `python -m tests.video.vectors` writes the file.
"""

import json
from importlib import import_module
from importlib.metadata import version
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "contract" / "vectors" / "vpdq"
VECTORS = FOLDER.with_suffix(".json")


def text() -> str:
    """Return the whole file, one film a line."""
    films = ",\n".join(json.dumps(_vector(film)) for film in sorted(FOLDER.iterdir()))
    return f'{{\n"source": "vpdq {version("vpdq")}",\n"films": [\n{films}\n]\n}}\n'


def _vector(film: Path) -> dict[str, object]:
    # Imported by name: neither the type check nor the tests have it.
    features = import_module("vpdq").computeHash(film)
    frames = [[one.frame_number, one.hex, one.quality] for one in features]
    return {"film": film.name, "frames": frames}


if __name__ == "__main__":
    VECTORS.write_text(text())
