"""In a real browser every picture hashes as it does with the reference package."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from tests.hashing.corpus import stored_rgb, upright_rgb
from tests.hashing.drawings import Rgb
from tests.hashing.harness import Answer, Harness
from tests.hashing.oracle import Pdq, distance, pdq_of

CUTS: dict[str, Callable[[Rgb], Rgb]] = {
    "mirrored": lambda rgb: np.ascontiguousarray(rgb[:, ::-1]),
    "crop-10": lambda rgb: np.ascontiguousarray(_cut(rgb, 0.05)),
    "crop-17": lambda rgb: np.ascontiguousarray(_cut(rgb, 0.085)),
}


def _cut(rgb: Rgb, part: float) -> Rgb:
    """Cut this part of the height and of the width from each side."""
    height, width, _ = rgb.shape
    top, left = round(height * part), round(width * part)
    return rgb[top : height - top, left : width - left]


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
    return Measured(file.name, answer, _upright(file), _stored(file))


@cache
def _upright(file: Path) -> Pdq:
    """Ask the reference once for both browsers, which takes it longer than them."""
    return pdq_of(upright_rgb(file))


@cache
def _stored(file: Path) -> Pdq | None:
    stored = stored_rgb(file)
    return None if stored is None else pdq_of(stored)


def test_hash_and_quality_are_the_reference_s_to_the_last_bit(measured: list[Measured]) -> None:
    hashed = [one for one in measured if one.answer.kind == "hashed"]

    assert len(hashed) >= 140
    assert [one.name for one in hashed if one.hashes("upright") != [one.upright]] == []


def test_a_picture_that_lies_otherwise_in_its_file_is_also_hashed_as_it_lies(
    measured: list[Measured],
) -> None:
    turned = [one for one in measured if one.stored]

    assert len(turned) == 34
    assert [one.name for one in turned if one.hashes("stored") != [one.stored]] == []
    assert not any(one.hashes("stored") for one in measured if not one.stored)


def test_what_people_cut_from_a_picture_is_hashed_as_the_reference_would(
    measured: list[Measured], corpus: list[Path]
) -> None:
    for one, file in zip(measured, corpus, strict=True):
        if one.name.startswith("resized-"):
            for variant, cut in CUTS.items():
                [told] = one.hashes(variant)
                assert distance(told.hash, pdq_of(cut(upright_rgb(file))).hash) <= 4


def test_a_picture_has_eight_hashes_at_most_and_the_upright_one_is_the_first(
    measured: list[Measured],
) -> None:
    for one in measured:
        variants = [signal.variant for signal in one.answer.signals]
        assert variants[:1] in ([], ["upright"])
        assert len(set(variants)) == len(variants) <= 8


def test_without_memory_a_large_picture_is_hashed_from_a_small_copy(
    harness: Harness, corpus: list[Path]
) -> None:
    large = [file for file in corpus if "megapixels" in file.name]

    for file in large:
        harness.choose([file])
        told = harness.evaluate("() => harness.hash({file: harness.chosen()[0], sparing: true})")

        assert told["limits"] == ["smaller-copy"]
        assert all(made["reduced"] for made in told["made"])
        assert distance(told["made"][0]["value"], _upright(file).hash) <= 10


def test_what_the_reference_finds_plain_is_not_sent(measured: list[Measured]) -> None:
    refused = {one.name: one.answer.reason for one in measured if one.answer.kind != "hashed"}

    assert refused == {one.name: "too-plain" for one in measured if _is_plain(one.upright)}


def test_what_is_too_plain_to_send_has_the_reference_s_hash_and_quality_too(
    harness: Harness, measured: list[Measured], corpus: list[Path]
) -> None:
    """Judged by the algorithm alone: its caller would refuse the file."""
    plain = [
        (one, file)
        for one, file in zip(measured, corpus, strict=True)
        if one.answer.reason == "too-plain"
    ]

    assert len(plain) >= 3
    for one, file in plain:
        harness.choose([file])
        told = harness.evaluate("() => harness.hash({file: harness.chosen()[0], sparing: false})")
        [made] = told["made"]
        assert (file.name, made["value"], made["quality"]) == (file.name, *one.upright)


def _is_plain(pdq: Pdq) -> bool:
    return pdq.quality < 50 or not 96 <= int(pdq.hash, 16).bit_count() <= 160
