"""Real photographs, which installed packages ship, and what uploading does to them."""

import importlib.util
import io
from pathlib import Path

from PIL import Image


def photograph(name: str) -> Image.Image:
    """`china` or `flower`: 640 x 427 pixels."""
    spec = importlib.util.find_spec("sklearn")
    assert spec
    assert spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0]) / "datasets" / "images"
    with Image.open(folder / f"{name}.jpg") as picture:
        return picture.convert("RGB")


def as_file(picture: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()
