"""What a person is told about a company."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shared.bank import BankHash, FeedbackValue, Ruling
from functions.shared.progress import State, sent_to, states
from tests.hashes import LINKS, after, fresh, steps

PARTNER = "example-social"
LINK = "link a"
AT = 100
WEEK = 7 * 86_400

ACTIVE = {
    FeedbackValue.UNKNOWN: State.RECEIVED,
    FeedbackValue.NONE: State.RECEIVED,
    FeedbackValue.QUALITY_UNKNOWN: State.RECEIVED,
    FeedbackValue.PENDING_REVIEW: State.CHECKING,
    FeedbackValue.BLOCKED: State.REMOVED,
    FeedbackValue.NOT_BLOCKED: State.NOT_REMOVED,
    FeedbackValue.WITHDRAWN: State.RECEIVED,
    FeedbackValue.DELETED: State.RECEIVED,
}

histories = st.lists(steps, max_size=10)


def state(item: BankHash, acknowledged: int = AT, partner: str = PARTNER, now: int = AT) -> State:
    told_all = states([(item, item.links[LINK])], partner, acknowledged, now)
    [told] = (one for one, count in told_all.items() if count)
    return told


def mine() -> BankHash:
    return fresh(0, AT).linked(LINK, AT)


def test_a_company_has_received_what_it_has_read_up_to() -> None:
    assert state(mine(), acknowledged=AT - 1) is State.NOT_ASKED
    assert state(mine(), acknowledged=AT) is State.RECEIVED


@pytest.mark.parametrize("value", FeedbackValue)
def test_every_answer_means_something_to_the_person(value: FeedbackValue) -> None:
    assert state(mine().answered(PARTNER, value, (), AT)) is ACTIVE[value]


@pytest.mark.parametrize("value", FeedbackValue)
def test_only_a_confirmation_confirms_a_withdrawal(value: FeedbackValue) -> None:
    withdrawn = mine().unlinked(LINK, AT)
    confirmed = value in (FeedbackValue.WITHDRAWN, FeedbackValue.DELETED)

    assert state(withdrawn) is State.WITHDRAWAL_SENT
    assert state(withdrawn.answered(PARTNER, value, (), AT)) is (
        State.WITHDRAWAL_CONFIRMED if confirmed else State.WITHDRAWAL_SENT
    )


@pytest.mark.parametrize("value", FeedbackValue)
def test_an_answer_older_than_the_link_tells_nothing(value: FeedbackValue) -> None:
    before = fresh(0, AT).linked("someone else's", AT).answered(PARTNER, value, (), AT)

    assert state(before.linked(LINK, AT), acknowledged=0) is State.NOT_ASKED


@pytest.mark.parametrize("value", FeedbackValue)
def test_an_answer_older_than_the_withdrawal_does_not_confirm_it(value: FeedbackValue) -> None:
    answered = mine().answered(PARTNER, value, (), AT)

    assert state(answered.unlinked(LINK, AT)) is State.WITHDRAWAL_SENT


def test_a_company_is_told_nothing_of_hashes_that_it_does_not_look_for() -> None:
    still, frame = fresh(0, AT).linked(LINK, AT), fresh(1, AT, "VideoPDQ").linked(LINK, AT)
    linked = [(item, item.links[LINK]) for item in (still, frame.unlinked(LINK, AT))]

    assert sent_to(linked, {"ImagePDQ"}) == linked[:1]
    assert sent_to(linked, {"ImagePDQ", "VideoPDQ"}) == linked
    assert sum(states(sent_to(linked, {"VideoMD5"}), PARTNER, AT, AT).values()) == 0


def test_a_company_that_has_not_fetched_a_hash_for_over_a_week_gives_no_answer() -> None:
    assert state(mine(), AT - 1, now=AT + WEEK) is State.NOT_ASKED
    assert state(mine(), AT - 1, now=AT + WEEK + 1) is State.NO_ANSWER
    assert state(mine(), AT, now=AT + WEEK + 1) is State.RECEIVED, "it has fetched it"


def test_a_match_that_never_comes_is_not_a_missing_answer() -> None:
    assert state(mine(), AT, now=AT + 1_000 * WEEK) is State.RECEIVED


def test_a_withdrawal_that_is_not_confirmed_for_over_a_week_has_no_answer() -> None:
    withdrawn = mine().unlinked(LINK, AT + 50)

    assert state(withdrawn, now=AT + 50 + WEEK) is State.WITHDRAWAL_SENT
    assert state(withdrawn, now=AT + 50 + WEEK + 1) is State.NO_ANSWER
    late = withdrawn.answered(PARTNER, FeedbackValue.DELETED, (), AT + 2 * WEEK)
    assert state(late, now=AT + 2 * WEEK) is State.WITHDRAWAL_CONFIRMED, "late, but it came"


@pytest.mark.parametrize("value", FeedbackValue)
def test_an_answer_is_an_answer_however_long_ago_it_was(value: FeedbackValue) -> None:
    assert state(mine().answered(PARTNER, value, (), AT), now=AT + 9 * WEEK) is ACTIVE[value]


@given(histories, st.integers(0, 200), st.integers(AT, AT + WEEK))
def test_nobody_is_called_silent_within_the_week(
    story: list[tuple[object, ...]], acknowledged: int, now: int
) -> None:
    item = mine()
    for step in story:
        item = after(item, step, AT)

    assert state(item, acknowledged, now=now) is not State.NO_ANSWER


@given(histories, st.integers(AT, 10**7))
def test_what_a_company_said_stays_after_the_hash_is_delisted(
    story: list[tuple[object, ...]], now: int
) -> None:
    item = mine()
    for step in story:
        item = after(item, step, AT)

    assert state(item.decided(Ruling.DELISTED, AT), now=now) is state(item, now=now)


def test_a_company_is_never_asked_about_a_hash_that_was_delisted_before() -> None:
    taken = fresh(0, AT).linked("someone else's", AT).decided(Ruling.DELISTED, AT)

    assert state(taken.linked(LINK, AT), AT + 1, now=AT + 2 * WEEK) is State.NOT_ASKED


def test_a_company_that_confirmed_the_delisting_need_not_confirm_a_later_withdrawal() -> None:
    taken = mine().decided(Ruling.DELISTED, AT)
    confirmed = taken.answered(PARTNER, FeedbackValue.WITHDRAWN, (), AT).unlinked(LINK, AT)

    assert state(confirmed) is State.WITHDRAWAL_CONFIRMED
    assert state(taken.unlinked(LINK, AT)) is State.WITHDRAWAL_SENT
    listed = confirmed.linked("b", AT).decided(Ruling.KEPT, AT)
    assert state(listed) is State.WITHDRAWAL_SENT, "it has come back to partners since"


def test_one_company_does_not_answer_for_another() -> None:
    answered = mine().answered("another", FeedbackValue.BLOCKED, (), AT)

    assert state(answered, acknowledged=0) is State.NOT_ASKED
    assert state(answered, partner="another") is State.REMOVED


@given(st.lists(histories, max_size=6), st.integers(0, 200), st.integers(AT, 10**7))
def test_every_hash_of_a_case_is_counted_once(
    stories: list[list[tuple[object, ...]]], acknowledged: int, now: int
) -> None:
    linked = []
    for seed, story in enumerate(stories):
        item = fresh(seed, AT).linked(LINK, AT)
        for step in story:
            item = after(item, step, AT)
        linked.append((item, item.links[LINK]))
    told = states(linked, PARTNER, acknowledged, now)

    assert sum(told.values()) == len(linked)
    assert list(told) == list(State)


@given(histories, st.sampled_from(LINKS[1:]))
def test_what_others_do_with_their_links_changes_nothing_here(
    story: list[tuple[object, ...]], other: str
) -> None:
    item = mine()
    for step in story:
        item = after(item, step, AT)

    assert state(after(item, ("linked", other), AT)) is state(item)
    assert state(after(item, ("unlinked", other), AT)) is state(item)
