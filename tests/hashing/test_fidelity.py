"""In a real browser every picture hashes as it does with the reference package."""

from pathlib import Path
from typing import NamedTuple

import pytest

from tests.hashing.corpus import stored_rgb, upright_rgb
from tests.hashing.harness import Answer, Harness
from tests.hashing.oracle import Pdq, pdq_of


class Measured(NamedTuple):
    """What the page and the reference make of one file."""

    name: str
    answer: Answer
    upright: Pdq
    stored: Pdq | None

    def hashes(self, variant: str) -> list[Pdq]:
        signals = (signal for signal in self.answer.signals if signal.variant == variant)
        return [Pdq(signal.value, signal.quality or 0) for signal in signals]


@pytest.fixture(scope="module")
def measured(harness: Harness, corpus: list[Path]) -> list[Measured]:
    answers = harness.hash(corpus)
    return [_measured(file, answer) for file, answer in zip(corpus, answers, strict=True)]


def _measured(file: Path, answer: Answer) -> Measured:
    stored = stored_rgb(file)
    return Measured(
        file.name, answer, pdq_of(upright_rgb(file)), None if stored is None else pdq_of(stored)
    )


def test_hash_and_quality_are_the_reference_s_to_the_last_bit(measured: list[Measured]) -> None:
    hashed = [one for one in measured if one.answer.kind == "hashed"]

    assert len(hashed) >= 140
    assert [one.name for one in hashed if one.hashes("upright") != [one.upright]] == []


def test_a_picture_that_lies_otherwise_in_its_file_is_also_hashed_as_it_lies(
    measured: list[Measured],
) -> None:
    turned = [one for one in measured if one.stored]

    assert len(turned) == 28
    assert [one.name for one in turned if one.hashes("stored") != [one.stored]] == []
    assert not any(one.hashes("stored") for one in measured if not one.stored)


def test_what_the_reference_finds_plain_is_not_sent(measured: list[Measured]) -> None:
    refused = {one.name: one.answer.reason for one in measured if one.answer.kind != "hashed"}

    assert refused == {one.name: "too-plain" for one in measured if _is_plain(one.upright)}


def _is_plain(pdq: Pdq) -> bool:
    return pdq.quality < 50 or not 96 <= int(pdq.hash, 16).bit_count() <= 160
