"""Trying again after a rival."""

import pytest

from functions.shared.errors import Conflict, TryAgain
from functions.shared.store import patience
from functions.shared.store.patience import until_it_holds


def test_patience_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0)
    tried: list[None] = []

    def lose() -> None:
        tried.append(None)
        raise Conflict

    with pytest.raises(TryAgain):
        until_it_holds(lose)
    assert len(tried) == patience.MOST_ATTEMPTS


def test_patience_pauses_a_few_seconds_at_most() -> None:
    longest = sum(patience.FIRST_PAUSE * 2**turn for turn in range(1, patience.MOST_ATTEMPTS))

    assert longest < 6


def test_what_holds_is_done_once_and_its_value_returned() -> None:
    assert until_it_holds(lambda: "done") == "done"


def test_another_error_is_not_a_rival() -> None:
    def fail() -> None:
        raise TryAgain

    with pytest.raises(TryAgain):
        until_it_holds(fail)
