"""A picture that one can see through hashes as far from the reference as is written down."""

from pathlib import Path

import pytest

from tests.hashing.corpus import upright_rgb
from tests.hashing.harness import Harness
from tests.hashing.oracle import distance, pdq_of
from tests.hashing.transparent import BOUNDS, write_transparent


@pytest.mark.filterwarnings("ignore:Palette images with Transparency:UserWarning")
@pytest.mark.parametrize("browser_name", ["chromium", "firefox"])
def test_no_transparent_picture_is_farther_than_its_kind_may_be(
    request: pytest.FixtureRequest, tmp_path: Path, browser_name: str
) -> None:
    harness: Harness = request.getfixturevalue(f"in_{browser_name}")
    files = write_transparent(tmp_path)

    told = dict(zip(files, harness.hash(files), strict=True))

    far = {
        file.name: distance(answer.hash, pdq_of(upright_rgb(file)).hash)
        for file, answer in told.items()
        if answer.hash
    }
    assert {file.name.split("_")[0] for file, answer in told.items() if answer.hash} == set(BOUNDS)
    assert {
        name: bits
        for name, bits in far.items()
        if bits > getattr(BOUNDS[name.split("_")[0]], browser_name)
    } == {}
