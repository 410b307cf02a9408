"""Publish, hold or block."""

from hypothesis import given
from hypothesis import strategies as st

from partner_kit.example_social.decisions import Decision, State, decide

VALUES = st.sets(st.sampled_from("abcd"))


def test_without_a_match_it_is_published() -> None:
    assert decide([], blocked=set("a"), cleared=set()) == Decision(State.PUBLISHED)


def test_a_match_that_nobody_judged_is_held() -> None:
    assert decide("a", blocked=set(), cleared=set()) == Decision(State.HELD, ("a",))


def test_a_match_with_a_judged_hash_is_blocked_at_once() -> None:
    assert decide("a", blocked={"a"}, cleared=set()) == Decision(State.BLOCKED, judged=("a",))


def test_only_the_unjudged_matches_are_put_to_the_reviewer() -> None:
    assert decide("ab", blocked={"a"}, cleared=set()) == Decision(State.HELD, ("b",))


@given(matched=VALUES, blocked=VALUES, cleared=VALUES)
def test_nothing_is_published_while_a_match_is_open(
    matched: set[str], blocked: set[str], cleared: set[str]
) -> None:
    decision = decide(sorted(matched), blocked, cleared)

    assert (decision.state is State.PUBLISHED) == (matched <= cleared)
    assert set(decision.to_judge) == matched - cleared - blocked
