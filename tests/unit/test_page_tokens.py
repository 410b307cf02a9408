"""Page tokens."""

import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shared.errors import BadParameter
from functions.shared.feed import Cursor
from functions.shared.page_tokens import VALID_FOR, PageTokens

KEY = bytes(range(32))
MINE = PageTokens(KEY, "example-social")
CURSOR = Cursor(start=10, segment=3, index=7, last=40)
NOW = 1_800_000_000

numbers = st.integers(0, 2**40)
cursors = st.builds(Cursor, numbers, numbers, numbers, numbers)


@given(cursors, numbers, st.integers(0, VALID_FOR))
def test_a_token_gives_back_its_cursor_while_it_is_valid(
    cursor: Cursor, now: int, passed: int
) -> None:
    token = MINE.seal(cursor, now)

    assert MINE.open(token, cursor.start, now + passed) == cursor
    assert MINE.open(token, cursor.start, now + passed) == cursor, "GETs are retried"


@given(cursors)
def test_a_token_travels_in_a_url_as_it_is_and_fits_the_parameter(cursor: Cursor) -> None:
    token = MINE.seal(cursor, NOW)

    assert token.replace(".", "").replace("-", "").replace("_", "").isalnum()
    assert len(token) <= 512


@given(st.integers(1, 10**9))
def test_an_expired_token_is_refused(late: int) -> None:
    with pytest.raises(BadParameter):
        MINE.open(MINE.seal(CURSOR, NOW), CURSOR.start, NOW + VALID_FOR + late)


@given(numbers.filter(lambda start: start != CURSOR.start))
def test_a_token_of_a_run_with_another_start_is_refused(start: int) -> None:
    with pytest.raises(BadParameter):
        MINE.open(MINE.seal(CURSOR, NOW), start, NOW)


@pytest.mark.parametrize(
    "other", [PageTokens(KEY, "another"), PageTokens(bytes(32), "example-social")]
)
def test_a_token_of_another_partner_or_key_is_refused(other: PageTokens) -> None:
    with pytest.raises(BadParameter):
        MINE.open(other.seal(CURSOR, NOW), CURSOR.start, NOW)


@given(st.data())
def test_a_token_that_was_changed_anywhere_is_refused(data: st.DataObject) -> None:
    token = MINE.seal(CURSOR, NOW)
    place = data.draw(st.integers(0, len(token) - 1))
    symbol = data.draw(st.sampled_from("ABCxyz019-_.=").filter(lambda one: one != token[place]))
    with pytest.raises(BadParameter):
        MINE.open(token[:place] + symbol + token[place + 1 :], CURSOR.start, NOW)


@given(st.text(max_size=200) | st.text("abcABC012-_.", max_size=60))
def test_any_other_text_is_refused_and_nothing_else_happens(text: str) -> None:
    with pytest.raises(BadParameter) as refused:
        MINE.open(text, CURSOR.start, NOW)
    assert refused.value.field == "nextPageToken"


def test_a_token_cannot_be_made_without_the_key() -> None:
    payload = base64.urlsafe_b64encode(json.dumps([10, 1, 0, 10**6, NOW]).encode()).decode()
    _, _, signature = MINE.seal(CURSOR, NOW).partition(".")
    for forged in (payload, f"{payload}.", f"{payload}.{signature}", f"{payload}.{'A' * 43}"):
        with pytest.raises(BadParameter):
            MINE.open(forged, CURSOR.start, NOW)
