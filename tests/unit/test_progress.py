"""What a person is told about a company."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shared.bank import BankHash, FeedbackValue
from functions.shared.progress import State, sent_to, states
from tests.hashes import LINKS, after, fresh, steps

PARTNER = "example-social"
LINK = "link a"
AT = 100

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


def state(item: BankHash, acknowledged: int = AT, partner: str = PARTNER) -> State:
    [told] = (s for s, count in states([(item, LINK)], partner, acknowledged).items() if count)
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
    linked = [(still, LINK), (frame.unlinked(LINK, AT), LINK)]

    assert sent_to(linked, {"ImagePDQ"}) == linked[:1]
    assert sent_to(linked, {"ImagePDQ", "VideoPDQ"}) == linked
    assert sum(states(sent_to(linked, {"VideoMD5"}), PARTNER, AT).values()) == 0


def test_one_company_does_not_answer_for_another() -> None:
    answered = mine().answered("another", FeedbackValue.BLOCKED, (), AT)

    assert state(answered, acknowledged=0) is State.NOT_ASKED
    assert state(answered, partner="another") is State.REMOVED


@given(st.lists(histories, max_size=6), st.integers(0, 200))
def test_every_hash_of_a_case_is_counted_once(
    stories: list[list[tuple[object, ...]]], acknowledged: int
) -> None:
    linked = []
    for seed, story in enumerate(stories):
        item = fresh(seed, AT).linked(LINK, AT)
        for step in story:
            item = after(item, step, AT)
        linked.append((item, LINK))
    told = states(linked, PARTNER, acknowledged)

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
