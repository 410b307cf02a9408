"""POST /cases/withdraw."""

from typing import Any

import pytest

from functions.create_case.handler import create_case
from functions.shared.bank import BankHash, Status
from functions.shared.credentials import case_key
from functions.shared.errors import CaseWithdrawn, InvalidRequest, UnknownCase
from functions.withdraw import emptying
from functions.withdraw import handler as module
from functions.withdraw.handler import withdraw
from tests.faults import interrupt, record_calls, refuse
from tests.hashes import signal
from tests.people import NUMBER, OTHER_NUMBER, credentials, new_case
from tests.world import AppFor, World, body_of

CREATE, WITHDRAW = "create_case.handler", "withdraw.handler"
DONE = {"status": "Withdrawn", "remaining": 0}


def hashes(app_for: AppFor, count: int) -> list[BankHash]:
    found = app_for(CREATE).store.bank.by_signal(signal(seed) for seed in range(count))
    return list(found.values())


def take_back(app_for: AppFor, **kwargs: Any) -> Any:
    return body_of(withdraw(credentials(**kwargs), app_for(WITHDRAW)))


def test_withdrawing_withdraws_every_hash(app_for: AppFor) -> None:
    create_case(new_case(3), app_for(CREATE))

    assert take_back(app_for) == DONE
    assert {(item.status, item.version) for item in hashes(app_for, 3)} == {(Status.WITHDRAWN, 2)}


def test_withdrawing_twice_is_withdrawing_once(app_for: AppFor, somewhere: World) -> None:
    create_case(new_case(3), app_for(CREATE))
    first = take_back(app_for)
    before = somewhere.items("bank"), somewhere.items("cases")

    assert take_back(app_for) == first
    assert (somewhere.items("bank"), somewhere.items("cases")) == before


def test_each_withdrawn_hash_has_its_outbox_row(app_for: AppFor, somewhere: World) -> None:
    create_case(new_case(3), app_for(CREATE))
    take_back(app_for)

    rows = [item for item in somewhere.items("bank") if item["pk"]["S"].startswith("outbox#")]
    assert sorted(row["version"]["N"] for row in rows) == ["1"] * 3 + ["2"] * 3


def test_a_long_case_is_withdrawn_in_as_many_calls_as_it_takes(
    app_for: AppFor, somewhere: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emptying, "LINKS_A_TRANSACTION", 5)
    monkeypatch.setattr(module, "MOST_SECONDS", 0.5)
    count = 16
    create_case(new_case(count), app_for(CREATE))
    app = app_for(WITHDRAW)

    def a_second_passes() -> None:
        somewhere.now += 1

    interrupt(app.store.client, "TransactWriteItems", a_second_passes, times=3)
    remaining = [take_back(app_for)["remaining"] for _ in range(3)]

    assert remaining == [11, 6, 0]
    assert {(item.status, item.version) for item in hashes(app_for, count)} == {
        (Status.WITHDRAWN, 2)
    }


def test_a_case_of_many_transactions_is_withdrawn_in_one_call_when_there_is_time(
    app_for: AppFor,
) -> None:
    for first in range(0, 80, 40):
        create_case(new_case(40, first=first, total=80, offset=first), app_for(CREATE))

    assert take_back(app_for) == DONE
    assert {(item.status, item.version) for item in hashes(app_for, 80)} == {(Status.WITHDRAWN, 2)}


def test_a_hash_of_two_cases_is_withdrawn_with_the_second(app_for: AppFor) -> None:
    create_case(new_case(1), app_for(CREATE))
    create_case(new_case(1, number=OTHER_NUMBER), app_for(CREATE))

    take_back(app_for)
    assert [item.status for item in hashes(app_for, 1)] == [Status.ACTIVE]
    take_back(app_for, number=OTHER_NUMBER)
    assert [item.status for item in hashes(app_for, 1)] == [Status.WITHDRAWN]


def test_a_withdrawal_during_an_upload_wins(app_for: AppFor) -> None:
    create_case(new_case(1, total=2), app_for(CREATE))
    uploader = app_for(CREATE)
    interrupt(uploader.store.client, "TransactWriteItems", lambda: take_back(app_for))
    with pytest.raises(CaseWithdrawn):
        create_case(new_case(1, first=1, total=2, offset=1), uploader)

    assert [item.status for item in hashes(app_for, 2)] == [Status.WITHDRAWN]


def test_a_withdrawal_waits_for_an_addition_that_is_being_written(app_for: AppFor) -> None:
    create_case(new_case(1), app_for(CREATE))
    reasons = [{"Code": "TransactionConflict"}, {"Code": "None"}, {"Code": "None"}]
    refuse(
        app_for(WITHDRAW).store.client,
        "TransactWriteItems",
        "TransactionCanceledException",
        times=2,
        CancellationReasons=reasons,
    )

    assert take_back(app_for) == DONE


def test_a_rival_write_to_a_hash_does_not_stop_its_withdrawal(app_for: AppFor) -> None:
    create_case(new_case(1), app_for(CREATE))
    app = app_for(WITHDRAW)
    rival = new_case(1, number=OTHER_NUMBER)
    interrupt(app.store.client, "TransactWriteItems", lambda: create_case(rival, app_for(CREATE)))

    assert take_back(app_for) == DONE
    [item] = hashes(app_for, 1)
    assert (item.version, item.status) == (3, Status.ACTIVE)
    assert sorted(link.status for link in item.links.values()) == ["Active", "Withdrawn"]


def test_a_hash_that_is_erased_does_not_stop_a_withdrawal(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(2), app_for(CREATE))
    gone = hashes(app_for, 1)[0]
    app_for("partner_sync.sequence").store.outbox.table.delete_many([(f"hash#{gone.id}", "hash")])

    assert take_back(app_for) == DONE


def test_a_case_stays_withdrawn_in_its_own_row_too(app_for: AppFor) -> None:
    create_case(new_case(1), app_for(CREATE))
    take_back(app_for)
    app = app_for(WITHDRAW)
    case = app.store.cases.get(case_key(NUMBER, app.mac))

    assert case is not None
    assert case.status is Status.WITHDRAWN


def test_nobody_else_can_withdraw_a_case(app_for: AppFor, somewhere: World) -> None:
    create_case(new_case(1), app_for(CREATE))
    before = somewhere.items("bank"), somewhere.items("cases")
    for attempt in ({"pin": "00000000"}, {"number": OTHER_NUMBER}):
        with pytest.raises(UnknownCase):
            take_back(app_for, **attempt)
    with pytest.raises(InvalidRequest):
        take_back(app_for, number=NUMBER[::-1])

    assert (somewhere.items("bank"), somewhere.items("cases")) == before


def test_a_withdrawn_case_costs_no_more_writes(app_for: AppFor) -> None:
    create_case(new_case(2), app_for(CREATE))
    take_back(app_for)
    calls = record_calls(app_for(WITHDRAW).store.client)
    take_back(app_for)

    assert "TransactWriteItems" not in calls
