"""Finding the first segment of a run: the same as by halving, in far fewer questions."""

from bisect import bisect_left
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from functions.shared import feed
from functions.shared.log import Segment
from functions.shared.search import MOST_PLACES, first_place
from tests.feed_model import MemoryLog

LARGEST = 100_000_000
"""A thousand times what ten million hashes fill."""


def asked(last: int, first: int) -> list[Sequence[int]]:
    """Return the questions that find a place, after checking that it is the right one."""
    questions: list[Sequence[int]] = []

    def holding(places: Sequence[int]) -> list[int]:
        questions.append(places)
        return [place for place in places if place >= first]

    assert first_place(last, holding) == first
    return questions


@pytest.mark.parametrize("last", [*range(1, 60), 204, 205, 206, 10_304])
def test_every_place_of_a_row_is_found(last: int) -> None:
    for first in range(1, last + 1):
        asked(last, first)


@given(st.integers(1, LARGEST), st.data())
def test_no_question_is_about_too_much_or_about_what_is_known(
    last: int, data: st.DataObject
) -> None:
    questions = asked(last, data.draw(st.integers(1, last)))

    places = [place for question in questions for place in question]
    assert all(1 <= len(question) <= MOST_PLACES for question in questions)
    assert all(list(question) == sorted(question) for question in questions)
    assert len(places) == len(set(places))
    assert all(1 <= place < last for place in places)


@given(st.integers(1, LARGEST))
def test_who_knows_nothing_needs_one_question(last: int) -> None:
    assert len(asked(last, 1)) <= 1


@given(st.integers(1, LARGEST), st.integers(0, 100))
def test_who_knows_nearly_everything_needs_two(last: int, behind: int) -> None:
    assert len(asked(last, max(1, last - behind))) <= 2


@given(st.integers(1, 1_000_000), st.data())
@example(1_000_000, None)
def test_nobody_needs_more_than_four(last: int, data: st.DataObject | None) -> None:
    first = data.draw(st.integers(1, last)) if data else 2
    assert len(asked(last, first)) <= 4


@given(st.lists(st.integers(10, 20), max_size=300).map(sorted), st.integers(0, 25))
def test_a_run_begins_where_halving_says_that_its_time_begins(times: list[int], start: int) -> None:
    log = MemoryLog()
    log.stored += [
        Segment(number, ts, 1, ((f"hash-{number}", 1),)) for number, ts in enumerate(times, 1)
    ]

    begun = feed.begin(log, start)

    assert begun == feed.Cursor(start, bisect_left(times, start) + 1, 0, len(times))
