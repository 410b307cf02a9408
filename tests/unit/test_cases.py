"""A case's life."""

from dataclasses import replace
from datetime import date
from itertools import count

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from functions.shared.bank import BankHash, Status
from functions.shared.cases import Case, additions, open_case, outstanding
from functions.shared.credentials import Verifier
from functions.shared.errors import CaseWithdrawn, DifferentBody, InvalidRequest
from functions.shared.signals import Origin, Signal
from tests.hashes import fresh, signal
from tests.world import CHEAP

NEW = open_case("key", Verifier(bytes(16), CHEAP, bytes(32)), 10, date(2027, 1, 15))

sizes = st.integers(1, 30)
picks = st.lists(st.integers(0, 9), max_size=12)


def case(total: int, received: int, status: Status = Status.ACTIVE) -> Case:
    return replace(NEW, total=total, received=received, status=status)


def signals(first: int, size: int) -> tuple[Signal, ...]:
    return tuple(signal(seed) for seed in range(first, first + size))


def test_a_new_case_is_active_and_waits_for_its_signals() -> None:
    assert (NEW.status, NEW.received, NEW.since) == (Status.ACTIVE, 0, date(2027, 1, 15))


@given(sizes, st.data())
def test_a_chunk_splits_into_what_is_here_and_what_is_new(total: int, data: st.DataObject) -> None:
    received = data.draw(st.integers(0, total))
    offset = data.draw(st.integers(0, received))
    chunk = signals(offset, data.draw(st.integers(0, total - offset)))

    before, new = outstanding(case(total, received), total, offset, chunk)

    assert before + new == chunk
    assert all(signal in signals(0, received) for signal in before)
    assert not set(new) & set(signals(0, received))


@given(sizes, st.data())
def test_chunks_in_order_sent_once_or_often_make_the_case_whole(
    total: int, data: st.DataObject
) -> None:
    current = case(total, 0)
    stored: tuple[Signal, ...] = ()
    while current.received < total:
        offset = data.draw(st.integers(max(0, current.received - 5), current.received))
        least = current.received + 1 - offset
        chunk = signals(offset, data.draw(st.integers(least, total - offset)))
        _, new = outstanding(current, total, offset, chunk)
        stored += new
        current = replace(current, received=current.received + len(new))

    assert stored == signals(0, total)


@given(sizes, sizes, sizes)
def test_another_total_is_another_case(total: int, other: int, size: int) -> None:
    assume(total != other)
    with pytest.raises(DifferentBody):
        outstanding(case(total, 0), other, 0, signals(0, size))


@given(sizes, st.data())
def test_a_gap_is_refused(total: int, data: st.DataObject) -> None:
    received = data.draw(st.integers(0, total - 1))
    offset = data.draw(st.integers(received + 1, total + 5))
    with pytest.raises(InvalidRequest):
        outstanding(case(total, received), total, offset, signals(offset, 1))


@given(sizes, st.data())
def test_more_than_was_announced_is_refused(total: int, data: st.DataObject) -> None:
    received = data.draw(st.integers(0, total))
    offset = data.draw(st.integers(0, received))
    with pytest.raises(InvalidRequest):
        outstanding(case(total, received), total, offset, signals(offset, total - offset + 1))


@given(sizes, st.data())
def test_a_withdrawn_case_takes_its_old_chunks_and_nothing_new(
    total: int, data: st.DataObject
) -> None:
    received = data.draw(st.integers(1, total))
    withdrawn = case(total, received, Status.WITHDRAWN)
    offset = data.draw(st.integers(0, received - 1))
    replayed = signals(offset, received - offset)

    assert outstanding(withdrawn, total, offset, replayed) == (replayed, ())
    if received < total:
        with pytest.raises(CaseWithdrawn):
            outstanding(withdrawn, total, offset, (*replayed, signal(99)))


@given(picks, st.sets(st.integers(0, 9)), st.sets(st.integers(0, 9)))
def test_each_hash_gets_one_link_unless_the_case_has_it(
    listed: list[int], known: set[int], had: set[int]
) -> None:
    ids = count()
    found = {signal(seed): fresh(seed).linked("someone's", 100) for seed in known}
    linked = frozenset(found[signal(seed)].id for seed in known & had)

    origins = {signal(seed): Origin(f"of {seed}") for seed in listed}
    made = additions(origins, found, linked, 200, lambda: f"new-{next(ids)}")

    expected = [seed for seed in dict.fromkeys(listed) if seed not in known & had]
    assert [one.hash.signal for one in made] == [signal(seed) for seed in expected]
    assert len({one.link.link_id for one in made}) == len(made)
    for one in made:
        before = found.get(one.hash.signal)
        assert one.link.hash_id == one.hash.id
        assert one.link.origin == origins[one.hash.signal]
        assert one.hash.links[one.link.link_id].version == one.hash.version
        assert one.hash.version == (before.version if before else 0) + 1
        assert one.hash.status is Status.ACTIVE
        _others_kept(one.hash, before)


def _others_kept(item: BankHash, before: BankHash | None) -> None:
    others = before.links if before else {}
    assert {name: item.links[name] for name in others} == others
