"""When a withdrawn link may be forgotten, and what is then left of its hash."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shared.bank import BankHash, FeedbackValue, Status
from functions.shared.forgetting import DAY, Reading, forget, outlived
from functions.shared.partners import Partner
from tests.hashes import LINKS, after, fresh, steps

AT = 1_000 * DAY
FIRST = Partner("first", "First", {}, ("ImagePDQ",))
SECOND = Partner("second", "Second", {}, ("ImagePDQ", "VideoPDQ"))
FILMS = Partner("films", "Films", {}, ("VideoPDQ",))
ALL_READ = Reading({"first": AT + DAY, "second": AT + DAY}, (FIRST, SECOND), None)


def withdrawn() -> BankHash:
    return fresh(now=AT - 5).linked("link", AT - 5).unlinked("link", AT)


def may(days: float, reading: Reading = ALL_READ, item: BankHash | None = None) -> bool:
    return outlived(item or withdrawn(), "link", reading, int(AT + days * DAY))


def test_a_withdrawn_link_stays_for_35_days_even_if_everybody_has_read_of_it() -> None:
    assert [may(days) for days in (0, 34.99, 35, 60)] == [False, False, True, True]


@pytest.mark.parametrize("read", [{}, {"first": AT + DAY}, {"first": AT + DAY, "second": AT}])
def test_a_partner_that_has_not_read_on_keeps_it_for_90_days(read: dict[str, int]) -> None:
    reading = replace(ALL_READ, acknowledged=read)

    assert [may(days, reading) for days in (35, 89.99, 90)] == [False, False, True]


def test_a_partner_that_is_not_sent_this_type_is_not_waited_for() -> None:
    assert may(35, replace(ALL_READ, partners=(FIRST, SECOND, FILMS)))


@pytest.mark.parametrize(
    ("unlogged", "told"), [(AT, False), (AT + DAY, False), (AT + 2 * DAY, True)]
)
def test_a_withdrawal_that_may_not_be_in_the_log_yet_is_kept(unlogged: int, told: bool) -> None:
    assert may(35, replace(ALL_READ, unlogged=unlogged)) is told


def test_a_link_that_is_active_or_not_there_is_never_forgotten() -> None:
    assert not may(400, item=fresh(now=AT).linked("link", AT))
    assert not may(400, item=fresh(now=AT).linked("another", AT))


@given(st.lists(steps), st.sets(st.sampled_from(LINKS), min_size=1))
def test_what_is_left_is_the_same_without_these_links_or_nothing_if_nobody_stands_behind_it(
    taken: list[tuple[object, ...]], gone: set[str]
) -> None:
    item = fresh()
    for now, step in enumerate([("linked", LINKS[0]), *taken], 101):
        item = after(item, step, now)
    left = forget(item, gone, 999).left

    if left is None:
        assert set(item.links) <= gone
        assert not item.submitters
    else:
        assert left.version == item.version + 1
        assert left.links == {one: item.links[one] for one in item.links if one not in gone}
        assert (left.submitters, left.feedback) == (item.submitters, item.feedback)
        assert left.remembered


def test_forgetting_a_withdrawn_link_does_not_change_the_status_of_what_is_left() -> None:
    item = withdrawn().linked("other", AT).answered("first", FeedbackValue.BLOCKED, (), AT)
    left = forget(item, {"link"}, AT + 35 * DAY).left

    assert left is not None
    assert left.status is Status.ACTIVE
    assert left.feedback == item.feedback
