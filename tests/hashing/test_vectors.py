"""The vectors in the tree are what the reference says today."""

from tests.hashing.vectors import VECTORS, text


def test_the_pdq_vectors_are_what_the_reference_says() -> None:
    assert VECTORS.read_text() == text()
