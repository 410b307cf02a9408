"""Case number and PIN."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shared.credentials import (
    ALPHABET,
    LENGTH,
    Kdf,
    Verifier,
    canonical_pin,
    case_key,
    check_symbol,
    decoy,
    parse_new_pin,
    parse_number,
)
from functions.shared.errors import InvalidRequest
from tests.macs import mac
from tests.people import NUMBER, OTHER_NUMBER, PIN
from tests.world import CHEAP

VECTORS = json.loads(
    (Path(__file__).parents[2] / "contract" / "vectors" / "case_numbers.json").read_text("utf-8")
)
SALT = bytes(range(16))

symbols = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)
numbers = symbols.map(lambda drawn: drawn + check_symbol(drawn))
pins = st.text("0123456789", min_size=8, max_size=8)


@pytest.mark.parametrize("vector", VECTORS["valid"], ids=lambda vector: vector["number"])
def test_a_number_reads_the_same_bare_and_as_it_is_shown(vector: dict[str, str]) -> None:
    assert parse_number(vector["number"]) == vector["number"]
    assert parse_number(vector["shown"]) == vector["number"]


@pytest.mark.parametrize("vector", VECTORS["forgiven"], ids=lambda vector: vector["typed"])
def test_what_the_page_forgives_is_forgiven_here(vector: dict[str, str]) -> None:
    assert parse_number(vector["typed"]) == vector["number"]


@pytest.mark.parametrize("typed", VECTORS["refused"])
def test_what_the_page_refuses_is_refused_here(typed: str) -> None:
    with pytest.raises(InvalidRequest):
        parse_number(typed)


@given(numbers, st.integers(0, LENGTH - 1), st.sampled_from(ALPHABET))
def test_a_single_wrong_symbol_is_always_found(number: str, place: int, symbol: str) -> None:
    typed = number[:place] + symbol + number[place + 1 :]
    if typed == number:
        assert parse_number(typed) == number
    else:
        with pytest.raises(InvalidRequest):
            parse_number(typed)


@given(numbers, st.data())
def test_case_dashes_spaces_and_lookalikes_do_not_matter(number: str, data: st.DataObject) -> None:
    lookalikes = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(
        data.draw(st.sampled_from(lookalikes.get(symbol, symbol + symbol.lower())))
        + data.draw(st.sampled_from(("", "-", " ", " - ")))
        for symbol in number
    )

    assert parse_number(typed) == number


@given(st.text(max_size=64))
def test_any_text_is_a_number_or_is_refused(text: str) -> None:
    try:
        number = parse_number(text)
    except InvalidRequest:
        return
    assert set(number) <= set(ALPHABET)
    assert parse_number(number) == number


@pytest.mark.parametrize(
    "typed",
    [
        "",
        NUMBER[:-1],
        NUMBER + "0",
        NUMBER + "\n",
        NUMBER.replace("7", "\uff17", 1),
        NUMBER[:10] + "\0" + NUMBER[11:],
        "U" * LENGTH,
        "\u017f" + NUMBER[1:],
    ],
)
def test_what_only_looks_like_a_number_is_refused(typed: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_number(typed)
    assert refused.value.field == "number"


@given(pins, st.integers(0, 8))
def test_a_pin_may_be_written_in_groups(pin: str, gap: int) -> None:
    assert parse_new_pin(f" {pin[:gap]} - {pin[gap:]}") == pin


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "1234567",
        "123456789",
        "1234567a",
        "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18",
        "1234567\n",
    ],
)
def test_a_new_pin_has_eight_plain_digits(typed: str) -> None:
    with pytest.raises(InvalidRequest) as refused:
        parse_new_pin(typed)
    assert refused.value.field == "pin"


@given(st.text())
def test_a_wrong_pin_of_any_form_is_only_a_wrong_pin(typed: str) -> None:
    assert not set(canonical_pin(typed)) & {" ", "-"}


@given(st.integers(8, 2**20), st.integers(1, 99), st.integers(1, 9))
def test_a_tag_names_what_a_pin_check_costs(memory_kib: int, passes: int, lanes: int) -> None:
    kdf = Kdf(memory_kib, passes, lanes)

    assert Kdf.from_tag(kdf.tag) == kdf


def test_a_pin_check_costs_what_the_notes_ask_for() -> None:
    assert Kdf().tag == "argon2id-65536-3-1"


def test_stretching_depends_on_number_pin_and_salt() -> None:
    stretched = {
        CHEAP.stretch(number, pin, salt)
        for number in (NUMBER, OTHER_NUMBER)
        for pin in (PIN, PIN[::-1])
        for salt in (SALT, bytes(16))
    }

    assert len(stretched) == 8
    assert {len(one) for one in stretched} == {32}


def verifier_of(number: str, pin: str, kdf: Kdf = CHEAP) -> Verifier:
    return Verifier.make(kdf.stretch(number, pin, SALT), SALT, kdf, mac)


@given(numbers, pins, numbers, pins)
def test_a_verifier_accepts_the_number_and_pin_it_was_made_from_only(
    number: str, pin: str, other_number: str, other_pin: str
) -> None:
    verifier = verifier_of(number, pin)

    assert verifier.accepts(verifier.stretch(number, pin), mac)
    assert verifier.accepts(verifier.stretch(other_number, pin), mac) == (other_number == number)
    assert verifier.accepts(verifier.stretch(number, other_pin), mac) == (other_pin == pin)


def test_a_verifier_is_worth_nothing_without_the_key() -> None:
    verifier = verifier_of(NUMBER, PIN)
    stretched = CHEAP.stretch(NUMBER, PIN, SALT)

    assert verifier.digest != stretched
    assert not verifier.accepts(stretched, lambda purpose, message: mac("other", message))


def test_an_older_verifier_is_checked_at_the_cost_it_was_made_with() -> None:
    older = verifier_of(NUMBER, PIN, Kdf(memory_kib=16, passes=2))

    assert older.accepts(older.stretch(NUMBER, PIN), mac)


@given(numbers, pins)
def test_a_decoy_accepts_nothing(number: str, pin: str) -> None:
    stands_in = decoy(case_key(number, mac), CHEAP)
    assert not stands_in.accepts(stands_in.stretch(number, pin), mac)


def test_a_decoy_costs_what_a_case_made_today_costs() -> None:
    made, stand_in = (
        verifier_of(NUMBER, PIN),
        decoy(case_key(NUMBER, mac), CHEAP),
    )

    assert stand_in.kdf == made.kdf
    assert len(stand_in.salt) == len(made.salt)
    assert len(stand_in.digest) == len(made.digest)


def test_a_decoy_is_the_same_for_a_number_each_time_and_another_for_another() -> None:
    keys = [case_key(number, mac) for number in (NUMBER, NUMBER, OTHER_NUMBER)]
    first, again, other = (decoy(key, CHEAP).salt for key in keys)

    assert first == again != other


def test_a_case_key_tells_nothing_of_the_number() -> None:
    key = case_key(NUMBER, mac)

    assert len(key) == 64
    assert set(key) <= set("0123456789abcdef")
    assert key != case_key(OTHER_NUMBER, mac)
