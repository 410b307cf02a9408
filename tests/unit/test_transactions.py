"""Several writes that happen together or not at all."""

import pytest

from functions.shared.errors import Conflict, TryAgain
from functions.shared.store.table import Table
from functions.shared.store.transactions import put, transact
from tests.faults import refuse
from tests.rights import session
from tests.world import World


@pytest.fixture
def table(somewhere: World) -> Table:
    """Return a table with one item."""
    made = Table(session().client("dynamodb"), somewhere.env["BANK_TABLE"])
    made.put_new({"pk": "p", "sk": "0000", "number": 0})
    return made


def write(table: Table, *sort_keys: str) -> None:
    items = [{"pk": "p", "sk": key, "number": 7} for key in sort_keys]
    transact(table.client, [put(table, item, "attribute_not_exists(pk)") for item in items])


def test_a_transaction_writes_all_or_nothing(table: Table) -> None:
    with pytest.raises(Conflict):
        write(table, "0001", "0000")

    assert [item["sk"] for item in table.query("p")] == ["0000"]


@pytest.mark.parametrize("code", ["TransactionConflict", "ConditionalCheckFailed"])
def test_rivalry_in_a_transaction_is_a_conflict(table: Table, code: str) -> None:
    reasons = [{"Code": "None"}, {"Code": code}]
    refuse(
        table.client,
        "TransactWriteItems",
        "TransactionCanceledException",
        CancellationReasons=reasons,
    )
    with pytest.raises(Conflict):
        write(table, "0001")


@pytest.mark.parametrize("code", ["ThrottlingError", "ProvisionedThroughputExceeded"])
def test_a_throttled_transaction_may_be_tried_again_later(table: Table, code: str) -> None:
    refuse(
        table.client,
        "TransactWriteItems",
        "TransactionCanceledException",
        CancellationReasons=[{"Code": "ConditionalCheckFailed"}, {"Code": code}],
    )
    with pytest.raises(TryAgain):
        write(table, "0001")


def test_a_transaction_that_can_never_succeed_is_not_told_as_busy(table: Table) -> None:
    refuse(
        table.client,
        "TransactWriteItems",
        "TransactionCanceledException",
        CancellationReasons=[{"Code": "ValidationError"}],
    )
    with pytest.raises(table.client.exceptions.TransactionCanceledException):
        write(table, "0001")


def test_a_transaction_that_is_still_under_way_is_a_conflict(table: Table) -> None:
    refuse(table.client, "TransactWriteItems", "TransactionInProgressException")
    with pytest.raises(Conflict):
        write(table, "0001")
