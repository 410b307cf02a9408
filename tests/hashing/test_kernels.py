"""In every browser both kernels give the reference's hashes, as they do in Node."""

import pytest

from tests.hashing.harness import Harness
from tests.hashing.vectors import PICTURES


@pytest.mark.parametrize("kernel", ["simd", "typescript"])
def test_every_drawn_picture_has_the_hash_and_the_quality_of_the_reference(
    harness: Harness, kernel: str
) -> None:
    compared = harness.evaluate("(kernel) => window.harness.vectors(kernel)", kernel)

    assert len(compared) == len(PICTURES)
    assert [one for one in compared if one["ours"] != one["reference"]] == []
