"""One DynamoDB table, whose batches come back in pieces."""

from dataclasses import replace
from itertools import islice
from typing import Any

import pytest

from functions.shared.errors import Conflict, TryAgain
from functions.shared.store import patience
from functions.shared.store.table import Table
from tests.faults import ALWAYS, cut_reads_short, cut_writes_short, record_calls
from tests.rights import session
from tests.world import World


@pytest.fixture
def table(somewhere: World, monkeypatch: pytest.MonkeyPatch) -> Table:
    """Return the bank's table, and a patience that does not pause."""
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0)
    return Table(session().client("dynamodb"), somewhere.env["BANK_TABLE"])


def fill(table: Table, count: int) -> list[tuple[str, str]]:
    for number in range(count):
        table.put_new({"pk": "p", "sk": f"{number:04d}", "number": number})
    return [("p", f"{number:04d}") for number in range(count)]


def numbers(items: Any) -> list[int]:
    return sorted(item["number"] for item in items)


def test_a_batch_read_that_comes_in_pieces_is_complete(table: Table) -> None:
    keys = fill(table, 5)
    cut_reads_short(table.client, times=3)

    assert numbers(table.get_many(keys)) == list(range(5))


def test_a_batch_read_takes_any_number_of_keys_and_each_once(table: Table) -> None:
    keys = fill(table, 3)
    calls = record_calls(table.client)
    absent = [("absent", f"{number}") for number in range(120)]

    assert numbers(table.get_many(keys + absent + keys)) == [0, 1, 2]
    assert calls == ["BatchGetItem"] * 2
    assert list(table.get_many([])) == []


def test_a_batch_read_brings_those_attributes_alone_that_are_wanted(table: Table) -> None:
    table.put_new({"pk": "p", "sk": "1", "number": 1, "ts": 5, "long": "x" * 1_000})
    table.put_new({"pk": "p", "sk": "2", "number": 2, "ts": 6, "expires": 1})

    assert list(table.get_many([("p", "1"), ("p", "2")], only=("number", "ts"))) == [
        {"number": 1, "ts": 5}
    ], "and even so nothing that has expired"


def test_a_batch_read_that_never_ends_is_given_up(table: Table) -> None:
    keys = fill(table, 30)
    cut_reads_short(table.client, times=ALWAYS)
    with pytest.raises(TryAgain):
        list(table.get_many(keys))


def test_a_batch_delete_that_comes_in_pieces_is_complete(table: Table) -> None:
    keys = fill(table, 5)
    cut_writes_short(table.client, times=3)
    table.delete_many(keys[:4])

    assert numbers(table.query("p")) == [4]


def test_a_batch_delete_takes_any_number_of_keys(table: Table) -> None:
    keys = fill(table, 30)
    table.delete_many(keys)
    table.delete_many(keys)

    assert list(table.query("p")) == []


def test_a_batch_delete_that_never_ends_is_given_up(table: Table) -> None:
    keys = fill(table, 20)
    cut_writes_short(table.client, times=ALWAYS)
    with pytest.raises(TryAgain):
        table.delete_many(keys)


def test_a_query_yields_a_range_in_order_both_ends_included(table: Table) -> None:
    fill(table, 6)
    table.put_new({"pk": "q", "sk": "0002", "number": 99})

    read = [item["number"] for item in table.query("p", first="0001", last="0003")]
    assert read == [1, 2, 3]


def test_a_query_reads_in_steps_and_no_further_than_it_is_asked(table: Table) -> None:
    fill(table, 6)
    calls = record_calls(table.client)

    assert [item["number"] for item in islice(table.query("p", step=2), 3)] == [0, 1, 2]
    assert calls == ["Query", "Query"]
    assert len(list(table.query("p", step=2))) == 6


def test_the_last_item_of_a_partition_is_found(table: Table) -> None:
    assert table.last("p") is None
    fill(table, 3)

    last = table.last("p")
    assert last is not None
    assert last["number"] == 2


def test_a_taken_key_is_a_conflict_and_keeps_its_item(table: Table) -> None:
    fill(table, 1)
    with pytest.raises(Conflict):
        table.put_new({"pk": "p", "sk": "0000", "number": 7})

    assert numbers(table.query("p")) == [0]


def expiring(table: Table, *keys: tuple[str, str], at: int) -> None:
    for pk, sk in keys:
        table.put_new({"pk": pk, "sk": sk, "number": int(sk), "expires": at})


def test_no_read_returns_what_has_expired(table: Table) -> None:
    now = 100.5
    timed = replace(table, clock=lambda: now)
    fill(timed, 1)
    expiring(timed, ("p", "0001"), ("p", "0003"), at=101)
    expiring(timed, ("p", "0002"), at=200)
    keys = [("p", f"{number:04d}") for number in range(4)]
    assert numbers(timed.query("p")) == [0, 1, 2, 3]

    now = 101.0
    assert numbers(timed.query("p")) == numbers(timed.get_many(keys)) == [0, 2]
    assert [timed.get(key) is None for key in keys] == [False, True, False, True]
    last = timed.last("p")
    assert last is not None
    assert last["number"] == 2


def test_a_key_whose_item_has_expired_is_free(table: Table) -> None:
    now = 100.0
    timed = replace(table, clock=lambda: now)
    expiring(timed, ("p", "0001"), at=101)
    with pytest.raises(Conflict):
        expiring(timed, ("p", "0001"), at=500)

    now = 101.0
    expiring(timed, ("p", "0001"), at=500)
    assert numbers(timed.query("p")) == [1]
