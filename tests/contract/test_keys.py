"""A partner's keys on the running system: handed out, changed without a gap, and revoked."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from local.environment import as_owner
from local.errand import errand
from local.partners import REGISTER, PartnerKeys, keys
from local.system import Plan, System, running

NEWCOMER = "newcomer"

KeysOf = Callable[[], PartnerKeys]


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a register in which there is the newcomer."""
    transport = {"kind": "sqs", "queue_arn": f"arn:aws:sqs:eu-north-1:000000000000:{NEWCOMER}"}
    entry = {"id": NEWCOMER, "name": "Newcomer", "transport": transport}
    file = tmp_path_factory.mktemp("register") / "partners.json"
    file.write_text(json.dumps([entry]))
    return file


@pytest.fixture(scope="module")
def system(tmp_path_factory: pytest.TempPathFactory, register: Path) -> Iterator[System]:
    """Return a system in which the newcomer takes part."""
    plan = Plan.throwaway(tmp_path_factory.mktemp("newcomer"))
    with running(replace(plan, register=register)) as started:
        yield started


@pytest.fixture
def told(register: Path) -> dict[str, str]:
    """Return what tells the operator's command of that register."""
    return {REGISTER: str(register)}


@pytest.fixture
def handed_out(system: System, tmp_path: Path, told: dict[str, str]) -> KeysOf:
    """Return what hands out the newcomer's keys, as at each start of a system."""
    folder = tmp_path / "keys"
    return lambda: keys(NEWCOMER, system.stack, system.cloud, system.page, folder, told=told)


def operator(system: System, told: dict[str, str], *arguments: str) -> Any:
    said = errand(
        "infrastructure.keys",
        *arguments,
        "--table",
        system.stack.outputs["BankTable"],
        environment={**as_owner(system.cloud.endpoint), **told},
        failing="refused",
    )
    return json.loads(said)


def status(system: System, subscription: PartnerKeys, function: PartnerKeys) -> int:
    headers = subscription.headers("FetchHashes") | {
        "x-functions-key": function.function_keys["FetchHashes"]
    }
    asked = {"startTimestamp": 10, "pageSize": 1}
    return httpx.get(
        f"{system.page}/v1/FetchHashes", params=asked, headers=headers, timeout=30
    ).status_code


def test_keys_that_the_system_takes_are_kept(system: System, handed_out: KeysOf) -> None:
    first = handed_out()

    assert status(system, first, first) == 200
    assert handed_out() == first


@pytest.mark.parametrize("spoiled", ["unknown", "older", "cut short"])
def test_keys_that_are_not_good_any_more_are_replaced_and_revoked(
    system: System, handed_out: KeysOf, tmp_path: Path, spoiled: str
) -> None:
    first = handed_out()
    file = tmp_path / "keys" / f"{NEWCOMER}.json"
    kept = json.loads(file.read_text())
    match spoiled:
        case "unknown":
            file.write_text(json.dumps(kept | {"subscription_key": "of another run"}))
        case "older":
            del kept["function_keys"]["SubmitFeedback"]
            file.write_text(json.dumps(kept))
        case "cut short":
            file.write_text("")

    second = handed_out()

    assert status(system, second, second) == 200
    assert status(system, first, first) == 401


def test_keys_change_without_a_gap(
    system: System, handed_out: KeysOf, told: dict[str, str]
) -> None:
    first = handed_out()
    issued = operator(system, told, "issue", NEWCOMER)
    second = PartnerKeys(issued["subscription_key"], issued["function_keys"])

    assert [status(system, *pair) for pair in ((first, second), (second, first))] == [200, 200]
    old, new = (one["set"] for one in operator(system, told, "list", NEWCOMER))
    assert new == issued["set"]

    ledger = ["--erasures", system.stack.outputs["ErasuresTable"]]
    assert operator(system, told, "revoke", NEWCOMER, old, *ledger) == {"revoked": [old]}

    assert status(system, second, second) == 200
    assert status(system, first, second) == status(system, second, first) == 401
