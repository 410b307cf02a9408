"""Keys that were revoked stay revoked, whatever a backup brings back."""

from datetime import timedelta
from typing import Any

import pytest

from functions.shared.store.keys import KeyStore
from functions.shared.store.revocations import Revocations
from functions.shared.store.table import Table
from infrastructure.keys import issue, revoke
from infrastructure.restore import restore
from tests.rights import session
from tests.unit.test_restore import anything, back_up, bring_back, today
from tests.world import World

PARTNER = "example-social"


@pytest.fixture
def store(somewhere: World) -> KeyStore:
    return KeyStore(Table(session().client("dynamodb"), somewhere.env["BANK_TABLE"]))


@pytest.fixture
def ledger(somewhere: World) -> Revocations:
    return Revocations(Table(session().client("dynamodb"), somewhere.env["ERASURES_TABLE"]))


def opens(store: KeyStore, made: dict[str, Any]) -> list[bool]:
    """Return whether each key of a set still opens something."""
    function = next(iter(made["function_keys"].values()))
    return [found is not None for found in store.find(made["subscription_key"], function)]


@pytest.mark.parametrize("days", [-1, 0, 1])
def test_a_revoked_set_is_revoked_again_and_the_other_stays(
    store: KeyStore, ledger: Revocations, somewhere: World, days: int
) -> None:
    day = today(somewhere)
    leaked, kept = (issue(PARTNER, store, day) for _ in range(2))
    backup = back_up(somewhere)
    revoke(PARTNER, [leaked["set"]], store, ledger, day + timedelta(days=days))
    bring_back(somewhere, backup)
    assert opens(store, leaked) == [True, True]

    assert restore(anything(somewhere), day).revoked == 1
    assert opens(store, leaked) == [False, False]
    assert opens(store, kept) == [True, True]
    assert [one.id for one in store.sets(PARTNER)] == [kept["set"]]
    assert restore(anything(somewhere), day).revoked == 0


def test_keys_of_which_a_backup_has_nothing_but_themselves_go_too(
    store: KeyStore, ledger: Revocations, somewhere: World
) -> None:
    day = today(somewhere)
    leaked = issue(PARTNER, store, day)
    backup = back_up(somewhere)
    revoke(PARTNER, [leaked["set"]], store, ledger, day)
    rows = [item for item in backup["bank"] if item["pk"]["S"].startswith("key#")]
    bring_back(somewhere, backup | {"bank": rows})
    assert opens(store, leaked) == [True, True]

    restore(anything(somewhere), day)
    assert opens(store, leaked) == [False, False]
