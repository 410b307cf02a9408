"""A long stretch of the log in which a client is shown nothing costs it pages, and nobody more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shared import feed
from tests.feed_model import Client, MemoryLog
from tests.hashes import fresh

LARGEST_PAGE = 1_000
A_SEGMENT = 90


def stretch(length: int, *, segment: int = A_SEGMENT) -> MemoryLog:
    """Return a log of so many frames of videos, then one picture: `picture_of(length)`."""
    log = MemoryLog()
    for seed in range(length):
        log.write(fresh(seed, 200, "VideoPDQ").linked("a", 200))
        if len(log.outbox) == segment:
            log.log(segment, 200)
    log.write(fresh(length, 201).linked("a", 201))
    while log.outbox:
        log.log(segment, 201)
    return log


def picture_of(length: int) -> str:
    return fresh(length, 201).id


@pytest.mark.parametrize("size", [1, 7, 800, LARGEST_PAGE])
def test_one_page_reads_no_more_than_it_may(size: int) -> None:
    log = stretch(2 * feed.MOST_CHANGES)

    page = feed.page(log, feed.begin(log, 10), size, {"ImagePDQ"})

    assert (page.entries, page.resume) == ((), 200)
    assert page.next is not None, "it gives up for now and goes on in the next page"
    assert sum(log.reads) == min(feed.MOST_CHANGES, feed.MOST_ROUNDS * size)
    assert len(log.reads) <= feed.MOST_ROUNDS


def test_what_comes_after_is_reached_and_nothing_is_read_twice() -> None:
    length = 2 * feed.MOST_CHANGES
    log = stretch(length)
    client = Client(log)
    client.finish(LARGEST_PAGE)

    assert set(client.kept.records) == {picture_of(length)}
    assert sum(log.reads) == length + 1
    assert len(client.held) - 1 == 3, "pages: two empty ones, and the one with the picture"


def test_a_client_that_dies_in_the_middle_goes_on_from_there() -> None:
    log = MemoryLog()
    for seed in range(40):
        log.write(fresh(seed, 200 + seed, "VideoPDQ").linked("a", 200 + seed))
        log.log(1, 200 + seed)
    client = Client(log)
    first = client.turn(1)
    assert (first.entries, first.resume) == ((), 200 + feed.MOST_ROUNDS - 1)

    assert feed.begin(log, first.resume).segment == feed.MOST_ROUNDS


@given(st.integers(0, 30), st.integers(1, 5), st.integers(1, 7), st.integers(1, 40))
def test_wherever_a_page_must_stop_a_run_ends_with_all_that_there_is(
    length: int, size: int, segment: int, most: int
) -> None:
    log = stretch(length, segment=segment)
    client = Client(log)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(feed, "MOST_CHANGES", most)
        client.finish(size)

    assert set(client.kept.records) == {picture_of(length)}
    assert client.kept.checkpoint == 201


def test_so_does_a_stretch_of_withdrawn_hashes() -> None:
    log = MemoryLog()
    for seed in range(60):
        item = fresh(seed, 200).linked("a", 200)
        log.write(item)
        log.write(item.unlinked("a", 200))
    log.write(fresh(60, 200).linked("a", 200))
    while log.outbox:
        log.log(3, 200)
    client = Client(log)
    page = client.turn(1)
    assert page.entries == ()
    assert page.next is not None, "it gives up for now and goes on in the next page"
    client.finish(1)

    assert set(client.kept.records) == {"hash-60"}
