"""What this process makes of a film is what PyPI `vpdq` makes of it."""

import json
from typing import Any

import pytest

from tests.video.oracle import frames_of
from tests.video.vectors import FOLDER, VECTORS

FILMS: list[dict[str, Any]] = json.loads(VECTORS.read_text("utf-8"))["films"]


@pytest.mark.parametrize("vector", FILMS, ids=lambda vector: str(vector["film"]))
def test_the_oracle_agrees_with_the_reference_package(vector: dict[str, Any]) -> None:
    assert [list(frame) for frame in frames_of(FOLDER / vector["film"])] == vector["frames"]
