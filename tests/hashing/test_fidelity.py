"""In a real browser every picture hashes as it does with the reference package."""

from pathlib import Path

import pytest

from tests.hashing.corpus import upright_rgb
from tests.hashing.harness import Answer, Harness
from tests.hashing.oracle import Pdq, pdq_of


@pytest.fixture(scope="module")
def measured(harness: Harness, corpus: list[Path]) -> list[tuple[str, Answer, Pdq]]:
    answers = harness.hash(corpus)
    return [
        (file.name, answer, pdq_of(upright_rgb(file)))
        for file, answer in zip(corpus, answers, strict=True)
    ]


def test_hash_and_quality_are_the_reference_s_to_the_last_bit(
    measured: list[tuple[str, Answer, Pdq]],
) -> None:
    hashed = [(name, answer, pdq) for name, answer, pdq in measured if answer.kind == "hashed"]

    assert len(hashed) >= 60
    assert [name for name, answer, pdq in hashed if (answer.hash, answer.quality) != pdq] == []


def test_what_the_reference_finds_plain_is_not_sent(
    measured: list[tuple[str, Answer, Pdq]],
) -> None:
    refused = {name: answer.reason for name, answer, _ in measured if answer.kind != "hashed"}

    assert refused == {name: "too-plain" for name, _, pdq in measured if _is_plain(pdq)}


def _is_plain(pdq: Pdq) -> bool:
    return pdq.quality < 50 or not 96 <= int(pdq.hash, 16).bit_count() <= 160
