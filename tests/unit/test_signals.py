"""What a signal is."""

import json
import string
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shared.errors import InvalidRequest, LowInformation
from functions.shared.signals import (
    SIGNAL_TYPES,
    Origin,
    Signal,
    check_quality,
    origin,
    parse,
    with_value,
)
from tests.people import pdq

CONTRACT = Path(__file__).parents[2] / "contract" / "signal_types.json"


def with_bits(count: int) -> str:
    """Return a PDQ value with so many bits set."""
    return f"{(1 << count) - 1:064x}"


@given(st.integers(0, 256))
def test_a_hash_with_too_few_or_too_many_bits_is_refused(count: int) -> None:
    if 96 <= count <= 160:
        assert parse("ImagePDQ", with_bits(count)).value == with_bits(count)
    else:
        with pytest.raises(LowInformation):
            parse("ImagePDQ", with_bits(count))


@given(st.integers(0, 100))
def test_a_picture_of_too_low_quality_is_refused(quality: int) -> None:
    if quality >= 50:
        check_quality(parse("ImagePDQ", pdq(0)), quality)
    else:
        with pytest.raises(InvalidRequest):
            check_quality(parse("ImagePDQ", pdq(0)), quality)


def test_a_type_that_measures_quality_must_come_with_it() -> None:
    with pytest.raises(InvalidRequest):
        check_quality(parse("ImagePDQ", pdq(0)), None)


PICTURE = Signal("ImagePDQ", pdq(0))
WITHOUT_VARIANTS = Signal("Plain", "0")


@pytest.fixture
def plain_type(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be a type without variants."""
    monkeypatch.setitem(SIGNAL_TYPES, WITHOUT_VARIANTS.type, {"format": "^.$"})


@pytest.mark.parametrize("reduced", [False, True])
def test_a_variant_is_one_of_its_types_and_the_first_if_none_is_said(reduced: bool) -> None:
    known = SIGNAL_TYPES["ImagePDQ"]["variants"]

    assert origin(PICTURE, None, reduced=reduced) == Origin(known[0], reduced)
    for name in known:
        assert origin(PICTURE, name, reduced=reduced) == Origin(name, reduced)


@given(st.text(max_size=20).filter(lambda text: text not in SIGNAL_TYPES["ImagePDQ"]["variants"]))
def test_any_other_variant_is_refused(name: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        origin(PICTURE, name, reduced=False)
    assert refused.value.field == "variant"


@pytest.mark.usefixtures("plain_type")
def test_a_type_without_variants_takes_none_and_is_never_reduced() -> None:
    assert origin(WITHOUT_VARIANTS, None, reduced=False) == Origin()
    with pytest.raises(InvalidRequest, match="invalid"):
        origin(WITHOUT_VARIANTS, SIGNAL_TYPES["ImagePDQ"]["variants"][0], reduced=False)
    with pytest.raises(InvalidRequest) as refused:
        origin(WITHOUT_VARIANTS, None, reduced=True)
    assert refused.value.field == "reduced"


@given(st.integers().map(pdq))
def test_hex_digits_are_normalised_to_lower_case(value: str) -> None:
    assert parse("ImagePDQ", value.upper()) == parse("ImagePDQ", value)
    assert parse("ImagePDQ", value.upper()).value == value


@pytest.mark.parametrize(
    "value",
    [
        "",
        pdq(0)[:-1],
        pdq(0) + "0",
        pdq(0) + "\n",
        " " + pdq(0)[1:],
        "g" + pdq(0)[1:],
        "\uff10" + pdq(0)[1:],
        "\0" + pdq(0)[1:],
        "0x" + pdq(0)[2:],
        "d41d8cd98f00b204e9800998ecf8427e",
    ],
)
def test_a_value_without_the_types_format_is_refused(value: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse("ImagePDQ", value)
    assert refused.value.field == "value"


@pytest.mark.parametrize("name", ["", "imagepdq", "VideoTMK", "Unknown", "ImagePDQ "])
def test_a_type_outside_the_contract_is_refused(name: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse(name, pdq(0))
    assert refused.value.field == "type"


@given(st.text(max_size=80), st.text(string.hexdigits, min_size=60, max_size=68))
def test_any_text_is_a_signal_or_is_refused(text: str, digits: str) -> None:
    for value in (text, digits):
        try:
            signal = parse("ImagePDQ", value)
        except InvalidRequest:
            continue
        assert parse(signal.type, signal.value) == signal


@given(st.sampled_from(("", " ", "\n", "\t \r\n")), st.booleans())
def test_a_value_alone_finds_its_signal_whatever_surrounds_it(space: str, upper: bool) -> None:
    value = pdq(1).upper() if upper else pdq(1)

    found = with_value(space + value + space, SIGNAL_TYPES)

    assert Signal("ImagePDQ", pdq(1)) in found
    assert set(found) == {Signal(one.type, pdq(1)) for one in found}


@given(st.text(max_size=70))
def test_a_value_of_no_type_finds_nothing(text: str) -> None:
    assert with_value(text, SIGNAL_TYPES) == ()


def test_the_types_are_those_of_the_contract() -> None:
    assert json.loads(CONTRACT.read_text("utf-8")) == SIGNAL_TYPES


def test_what_a_type_refuses_by_name_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    empty, other = "d41d8cd98f00b204e9800998ecf8427e", "e1faffb3e614e6c2fba74296962386b7"
    monkeypatch.setitem(SIGNAL_TYPES, "Plain", {"format": "^[0-9a-f]{32}$", "refused": [empty]})

    assert parse("Plain", other).value == other
    for spelling in (empty, empty.upper()):
        with pytest.raises(LowInformation):
            parse("Plain", spelling)
