"""The change log."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from functions.shared.log import (
    CLOCK_SLACK,
    MOST_PER_SECOND,
    MOST_PER_SEGMENT,
    ORIGIN,
    Change,
    next_segment,
)

clocks = st.integers(0, 4_000_000_000)
batches = st.lists(
    st.tuples(clocks, st.lists(clocks, min_size=1, max_size=5)), min_size=1, max_size=20
)
"""A sequencer's clock, and those of the writers of what it logs. Any may jump anywhere."""


def changes(times: list[int]) -> list[Change]:
    return [Change(at, f"hash-{place}", place + 1) for place, at in enumerate(times)]


@given(batches)
def test_time_never_goes_down_whatever_the_clocks_do(runs: list[tuple[int, list[int]]]) -> None:
    log = [ORIGIN]
    for now, times in runs:
        log.append(next_segment(log[-1], changes(times), now))
        assert log[-1].ts >= max(now, min(max(times), now + CLOCK_SLACK))

    assert all(one.ts <= later.ts for one, later in pairwise(log))


@given(batches)
def test_segments_are_numbered_without_gaps_from_one(runs: list[tuple[int, list[int]]]) -> None:
    log = [ORIGIN]
    for now, times in runs:
        log.append(next_segment(log[-1], changes(times), now))

    assert [segment.number for segment in log[1:]] == list(range(1, len(runs) + 1))


@given(st.lists(st.integers(1, MOST_PER_SEGMENT), min_size=1, max_size=80), st.data())
def test_a_second_holds_no_more_than_one_run_can_read(
    sizes: list[int], data: st.DataObject
) -> None:
    tail, in_second = ORIGIN, dict[int, int]()
    now = 100
    for size in sizes:
        now += data.draw(st.sampled_from((0, 0, 0, 1)))
        tail = next_segment(tail, changes([100] * size), now)
        in_second[tail.ts] = in_second.get(tail.ts, 0) + size
        assert tail.in_second == in_second[tail.ts]

    assert max(in_second.values()) <= MOST_PER_SECOND


def test_one_writer_with_a_wrong_clock_does_not_move_the_log_away() -> None:
    tail = next_segment(ORIGIN, changes([100]), 100)

    assert next_segment(tail, changes([86_500]), 101).ts == 101 + CLOCK_SLACK


def test_a_full_second_moves_time_on_and_not_before_it_is_full() -> None:
    tail = ORIGIN
    for _ in range(MOST_PER_SECOND // 50):
        tail = next_segment(tail, changes([100] * 50), 100)
        assert tail.ts == 100
    assert tail.in_second == MOST_PER_SECOND

    over = next_segment(tail, changes([100]), 100)
    assert (over.ts, over.in_second) == (101, 1)


@given(st.lists(clocks, min_size=1, max_size=20), clocks)
def test_a_segment_keeps_its_changes_and_their_order(times: list[int], now: int) -> None:
    given_changes = changes(times)

    logged = next_segment(ORIGIN, given_changes, now).changes
    assert logged == tuple((change.hash_id, change.version) for change in given_changes)
