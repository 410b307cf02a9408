"""When a hash is disputed, and what the operator's ruling does to it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shared.app import App
from functions.shared.bank import BankHash, FeedbackValue, Ruling, Status
from functions.shared.disputes import delist, keep, objectors, weighed
from functions.shared.errors import NotDisputed
from tests.hashes import PARTNERS, after, fresh, steps

NOT_BLOCKED = FeedbackValue.NOT_BLOCKED
SEVERAL = ("a", "b", "c", "d", "e")
ALL = frozenset({*SEVERAL, *PARTNERS})
NOW = 100

said = st.tuples(
    st.just("answered"),
    st.sampled_from(SEVERAL),
    st.tuples(st.sampled_from(FeedbackValue), st.just(())),
)
ruled = st.tuples(st.just("ruled"), st.sampled_from(Ruling))
stories = st.lists(steps | said | said | ruled, max_size=25)
thresholds = st.integers(2, 4)


def told(item: BankHash, step: tuple[object, ...], disputed_after: int) -> BankHash:
    """Return the hash after one step, weighed as every answer is."""
    match step:
        case ("ruled", Ruling.KEPT):
            return (keep(item, NOW) if item.dispute else None) or item
        case ("ruled", Ruling.DELISTED):
            return (delist(item, NOW) if item.dispute else None) or item
        case ("answered" | "vouched", *_):
            return weighed(after(item, step, NOW), disputed_after, ALL)
    return after(item, step, NOW)


def grown(story: list[tuple[object, ...]], disputed_after: int = 3) -> BankHash:
    item = fresh().linked("mine", NOW)
    for step in story:
        item = told(item, step, disputed_after)
    return item


def objecting(*partners: str, item: BankHash | None = None, disputed_after: int = 3) -> BankHash:
    item = item or fresh().linked("mine", NOW)
    for partner in partners:
        item = weighed(item.answered(partner, NOT_BLOCKED, (), NOW), disputed_after, ALL)
    return item


@pytest.mark.parametrize("disputed_after", [2, 3, 5])
def test_as_many_partners_as_the_setting_says_make_a_dispute(disputed_after: int) -> None:
    below = objecting(*SEVERAL[: disputed_after - 1], disputed_after=disputed_after)
    item = objecting(*SEVERAL[:disputed_after], disputed_after=disputed_after)

    assert not below.disputed
    assert item.dispute
    assert (item.disputed, item.dispute.version, item.dispute.at) == (True, item.version, NOW)


@given(st.lists(st.tuples(st.sampled_from(FeedbackValue), st.text(max_size=3)), max_size=12))
def test_one_partner_alone_changes_nothing_for_others_whatever_it_says(
    answers: list[tuple[FeedbackValue, str]],
) -> None:
    item = fresh().linked("mine", NOW)
    for value, tag in answers:
        item = weighed(item.answered("a", value, (tag,), NOW), 2, ALL)
        item = weighed(item.vouched("a", (value, (tag,)), NOW), 2, ALL)

    assert (item.status, item.disputed, item.dispute) == (Status.ACTIVE, False, None)


@given(stories, thresholds)
def test_only_a_ruling_ever_takes_a_hash_away_that_somebody_stands_behind(
    story: list[tuple[object, ...]], disputed_after: int
) -> None:
    item = grown(story, disputed_after)

    assert (item.status is Status.ACTIVE) == (item.claimed and not item.delisted)
    if ("ruled", Ruling.DELISTED) not in story:
        assert item.delisted is None


@given(stories, thresholds)
def test_a_hash_is_disputed_exactly_while_enough_partners_object_since_the_last_ruling(
    story: list[tuple[object, ...]], disputed_after: int
) -> None:
    item, objecting_now = fresh().linked("mine", NOW), set[object]()
    for step in story:
        before, item = item, told(item, step, disputed_after)
        match step:
            case ("ruled", _) if item is not before:
                objecting_now.clear()
            case ("answered", partner, (FeedbackValue.NOT_BLOCKED, _)):
                objecting_now.add(partner)
            case ("vouched", partner, (FeedbackValue.NOT_BLOCKED, _)):
                objecting_now.add(partner)
            case ("answered" | "vouched", partner, (value, _)) if value in (
                FeedbackValue.BLOCKED,
                FeedbackValue.PENDING_REVIEW,
            ):
                objecting_now.discard(partner)

        assert objectors(item, ALL) == objecting_now
        assert item.disputed == (len(objecting_now) >= disputed_after and not item.delisted)


@given(stories, thresholds)
def test_a_dispute_names_the_version_that_opened_or_closed_it(
    story: list[tuple[object, ...]], disputed_after: int
) -> None:
    item = fresh().linked("mine", NOW)
    for step in story:
        before, item = item, told(item, step, disputed_after)
        if item.disputed != before.disputed:
            assert item.dispute
            assert item.dispute.version == item.version == before.version + 1


def test_a_dispute_ends_when_a_partner_thinks_better_of_it() -> None:
    item = objecting("a", "b", "c")
    settled = weighed(item.answered("b", FeedbackValue.BLOCKED, (), NOW), 3, ALL)

    assert (item.disputed, settled.disputed) == (True, False)
    assert settled.dispute
    assert settled.dispute.version == settled.version, "the operator's row goes with it"


def test_who_takes_part_no_more_has_no_say() -> None:
    item = objecting("a", "b", "c")
    left = ALL - {"a"}

    assert objectors(item, left) == {"b", "c"}
    assert not weighed(item.answered("d", FeedbackValue.BLOCKED, (), NOW), 3, left).disputed
    assert weighed(item.answered("d", NOT_BLOCKED, (), NOW), 3, left).disputed


def test_a_confirmation_is_no_verdict_and_ends_no_dispute() -> None:
    item = objecting("a", "b", "c")

    assert weighed(item.answered("b", FeedbackValue.WITHDRAWN, (), NOW), 3, ALL).disputed


def test_after_a_dispute_is_settled_only_as_many_new_objections_make_another() -> None:
    item = keep(objecting("a", "b", "c"), NOW)
    assert item
    assert (item.status, item.disputed) == (Status.ACTIVE, False)
    assert not objecting("d", "e", item=item).disputed, "the three before do not count any more"
    assert objecting("d", "e", "a", item=item).disputed
    assert not objecting("a", "a", "a", item=item).disputed


def test_the_same_objection_counts_anew_after_a_ruling_and_not_before() -> None:
    item = objecting("a", "b", "c")
    kept = keep(item, NOW)

    assert kept
    assert item.already_answered("a", NOT_BLOCKED, ())
    assert not kept.already_answered("a", NOT_BLOCKED, ())


def test_what_is_delisted_is_not_listed_again_by_anybody_but_the_operator() -> None:
    item = delist(objecting("a", "b", "c"), NOW)
    assert item
    assert item.links["mine"].status is Status.ACTIVE, "what the person has stays"
    for later in (item.linked("another's", NOW), item.vouched("d", None, NOW)):
        assert (later.status, later.claimed) == (Status.WITHDRAWN, True)
    assert not objecting(*SEVERAL, item=item).disputed
    listed = keep(item, NOW)
    assert listed
    assert (listed.status, listed.disputed) == (Status.ACTIVE, False)


def test_a_ruling_once_made_is_not_made_again() -> None:
    kept, delisted = keep(objecting("a", "b", "c"), NOW), delist(objecting("a", "b", "c"), NOW)

    assert kept
    assert delisted
    assert (keep(kept, NOW), delist(delisted, NOW)) == (None, None)
    assert delist(kept, NOW), "the operator may think better of it"


def test_there_is_nothing_to_decide_about_a_hash_that_was_never_disputed() -> None:
    for decide in (keep, delist):
        with pytest.raises(NotDisputed):
            decide(objecting("a", "b"), NOW)


def test_the_number_is_a_setting_that_no_partner_can_reach_alone() -> None:
    assert App({}).disputed_after == 3
    assert App({"DISPUTED_AFTER": "2"}).disputed_after == 2
    with pytest.raises(ValueError, match="DISPUTED_AFTER"):
        _ = App({"DISPUTED_AFTER": "1"}).disputed_after
