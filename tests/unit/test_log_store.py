"""The log as it is stored: what a reader of it asks for."""

from collections.abc import Callable
from typing import Any

import pytest

from functions.shared.log import MOST_PER_SEGMENT, Segment
from functions.shared.store.bank import BankStore
from functions.shared.store.log import SEGMENTS_A_READ, LogStore
from functions.shared.store.table import Table
from tests.simulation.dynamodb import MemoryDynamoDB

LENGTH = 7 * SEGMENTS_A_READ
"""What three reads bring, of which each is twice as long as the one before."""

PAGE = 1_000


@pytest.fixture(scope="module")
def asked() -> list[str]:
    """Return the operations that were asked for, in order."""
    return []


@pytest.fixture(scope="module")
def stored(asked: list[str]) -> LogStore:
    """Return a log of LENGTH segments."""

    def around(operation: str, params: Any, act: Callable[[Any], Any]) -> Any:
        asked.append(operation)
        return act(params)

    client: Any = MemoryDynamoDB.of(["bank"]).through(around)
    table = Table(client, "bank")
    log = LogStore(table, BankStore(table))
    for number in range(1, LENGTH + 1):
        log.append(segment(number))
    return log


def segment(number: int) -> Segment:
    return Segment(number, 100 + number, 1, ((f"hash-{number}", 1),))


@pytest.mark.parametrize(
    ("first", "last", "reads"),
    [
        (1, LENGTH, 3),
        (1, LENGTH - 1, 3),
        (1, SEGMENTS_A_READ, 1),
        (1, SEGMENTS_A_READ + 1, 2),
        (5, 4 + 3 * SEGMENTS_A_READ, 2),
        (LENGTH, LENGTH, 1),
        (LENGTH + 1, LENGTH, 0),
    ],
)
def test_segments_come_each_once_in_few_reads(
    stored: LogStore, asked: list[str], first: int, last: int, reads: int
) -> None:
    asked.clear()

    assert list(stored.segments(first, last)) == [
        segment(number) for number in range(first, last + 1)
    ]
    assert asked == ["Query"] * reads


def test_full_segments_are_enough_for_a_page_with_one_read() -> None:
    assert (SEGMENTS_A_READ - 1) * MOST_PER_SEGMENT >= PAGE, "one may be begun already"


def test_times_are_read_all_at_once(stored: LogStore, asked: list[str]) -> None:
    asked.clear()

    assert stored.times([1, 7, LENGTH]) == {1: 101, 7: 107, LENGTH: 100 + LENGTH}
    assert asked == ["BatchGetItem"]


def test_a_segment_that_is_not_there_is_not_passed_over(stored: LogStore) -> None:
    with pytest.raises(KeyError):
        stored.times([1, LENGTH + 1])
