"""A hash in the bank."""

from hypothesis import given
from hypothesis import strategies as st

from functions.shared.bank import FeedbackValue, Status, submission_of
from tests.hashes import PARTNERS, after, answers, fresh, partners, steps

histories = st.lists(st.tuples(steps, st.integers(0, 10)), max_size=12)


@given(histories)
def test_every_change_is_the_next_version(history: list[tuple[tuple[object, ...], int]]) -> None:
    item, now = fresh(), 100
    for step, passed in history:
        now += passed
        changed = after(item, step, now)
        if changed is not item:
            assert changed.version == item.version + 1
            assert changed.changed_at == now
        item = changed


@given(histories)
def test_no_change_touches_what_the_hash_is(history: list[tuple[tuple[object, ...], int]]) -> None:
    item = first = fresh()
    for step, passed in history:
        item = after(item, step, item.changed_at + passed)

    assert (item.id, item.signal) == (first.id, first.signal)


def test_a_later_version_never_sorts_before_the_one_it_follows() -> None:
    item = fresh(0, 100).linked("a", 100)

    assert item.unlinked("a", 70).changed_at == 100


@given(histories)
def test_a_hash_is_withdrawn_exactly_when_nobody_stands_behind_it(
    history: list[tuple[tuple[object, ...], int]],
) -> None:
    item, live, vouching = fresh(), set[object](), set[object]()
    for step, passed in history:
        before, item = item, after(item, step, item.changed_at + passed)
        match step:
            case ("linked", link) if item is not before:
                live.add(link)
            case ("unlinked", link):
                live.discard(link)
            case ("vouched", partner, _):
                vouching.add(partner)
            case ("taken back", partner):
                vouching.discard(partner)

        assert (item.status is Status.WITHDRAWN) == (not live and not vouching)
        assert item.submitters == vouching
        assert not any(submission_of(str(partner)) in item.parted for partner in vouching)


@given(histories)
def test_links_and_answers_name_the_version_that_made_them(
    history: list[tuple[tuple[object, ...], int]],
) -> None:
    item = fresh()
    for step, passed in history:
        before, item = item, after(item, step, item.changed_at + passed)
        if item is before:
            continue
        for name, link in item.links.items():
            assert link == before.links.get(name) or link.version == item.version
        for partner, answer in item.feedback.items():
            assert answer == before.feedback.get(partner) or answer.version == item.version


@given(histories, partners, answers)
def test_an_answer_replaces_that_partners_former_one_only(
    history: list[tuple[tuple[object, ...], int]],
    partner: str,
    answer: tuple[FeedbackValue, tuple[str, ...]],
) -> None:
    item = fresh()
    for step, passed in history:
        item = after(item, step, item.changed_at + passed)
    answered = item.answered(partner, *answer, item.changed_at)

    assert (answered.feedback[partner].value, answered.feedback[partner].tags) == answer
    for other in set(PARTNERS) - {partner}:
        assert answered.feedback.get(other) == item.feedback.get(other)


@given(histories, partners, answers, answers)
def test_an_answer_is_old_news_until_it_changes_or_a_link_does(
    history: list[tuple[tuple[object, ...], int]],
    partner: str,
    answer: tuple[FeedbackValue, tuple[str, ...]],
    other: tuple[FeedbackValue, tuple[str, ...]],
) -> None:
    item = fresh()
    for step, passed in history:
        item = after(item, step, item.changed_at + passed)
    answered = item.answered(partner, *answer, item.changed_at)

    assert answered.already_answered(partner, *answer)
    assert answered.already_answered(partner, *other) == (other == answer)
    assert not answered.already_answered("a third", *answer)
    relinked = answered.linked("a new link", answered.changed_at)
    assert not relinked.already_answered(partner, *answer)
    withdrawn = relinked.answered(partner, *answer, 0).unlinked("a new link", 0)
    assert not withdrawn.already_answered(partner, *answer)


@given(st.lists(steps, max_size=6))
def test_a_change_leaves_the_version_before_it_as_it_was(
    history: list[tuple[object, ...]],
) -> None:
    item = fresh()
    for step in history:
        said = repr(item)
        changed = after(item, step, item.changed_at)
        assert repr(item) == said
        item = changed
