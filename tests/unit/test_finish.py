"""Withdrawals whose person never came back are completed all the same."""

import json
from collections.abc import Callable

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.create_case.handler import create_case
from functions.shared.access import owner_of
from functions.shared.app import App
from functions.shared.bank import Status
from functions.shared.credentials import case_key
from functions.shared.holdings import holdings
from functions.shared.store import patience
from functions.withdraw import emptying
from functions.withdraw import finish as module
from functions.withdraw.finish import Finished, finish
from functions.withdraw.handler import withdraw
from infrastructure.routes import FINISHER
from tests.faults import ALWAYS, interrupt, refuse
from tests.hashes import signal
from tests.killed import Killed
from tests.people import NUMBER, OTHER_NUMBER, PIN, credentials, new_case, number_of
from tests.rights import session
from tests.world import AppFor, World

CREATE, WITHDRAW = "create_case.handler", "withdraw.handler"
THIRD_NUMBER = number_of("8" + NUMBER[1:19])


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0)


@pytest.fixture
def anything(somewhere: World) -> App:
    """Return an App that may do anything, to look at what is stored."""
    return somewhere.operator()


@pytest.fixture
def begun(app_for: AppFor) -> Callable[..., None]:
    """Open a case and begin its withdrawal, of which nothing more is ever heard."""

    def begin(count: int, number: str = NUMBER, first: int = 0) -> None:
        create_case(new_case(count, number=number, first=first), app_for(CREATE))
        app = app_for(WITHDRAW, f"dies with {number}")
        refuse(app.store.client, "BatchGetItem", "ThrottlingException", ALWAYS)
        with pytest.raises(app.store.client.exceptions.ClientError):
            withdraw(credentials(number), app)

    return begin


def statuses(app: App, count: int) -> list[Status]:
    found = app.store.bank.by_signal(signal(seed) for seed in range(count))
    return [item.status for item in found.values()]


def test_what_was_begun_is_completed_and_its_owner_can_still_follow_it(
    app_for: AppFor, anything: App, begun: Callable[..., None]
) -> None:
    begun(30)
    assert set(statuses(anything, 30)) == {Status.ACTIVE}

    assert finish(app_for(FINISHER)) == Finished(done=1, failed=0)
    assert statuses(anything, 30) == [Status.WITHDRAWN] * 30
    assert len(holdings(anything, owner_of(anything, NUMBER, PIN))) == 30
    assert finish(app_for(FINISHER)) == Finished(done=0, failed=0)


def test_it_takes_no_pin_and_no_key(app_for: AppFor, begun: Callable[..., None]) -> None:
    begun(1)
    app = app_for(FINISHER)
    finish(app)

    assert "mac" not in vars(app)


def test_a_case_that_cannot_be_completed_does_not_stop_the_others(
    app_for: AppFor, somewhere: World, anything: App, begun: Callable[..., None]
) -> None:
    begun(3)
    begun(2, OTHER_NUMBER, first=10)
    poisoned = anything.store.bank.by_signal([signal(1)])[signal(1)]
    session().client("dynamodb").update_item(
        TableName=somewhere.env["BANK_TABLE"],
        Key={"pk": {"S": f"hash#{poisoned.id}"}, "sk": {"S": "hash"}},
        UpdateExpression="REMOVE links",
    )

    assert finish(app_for(FINISHER)) == Finished(done=1, failed=1)
    key = case_key(NUMBER, anything.mac)
    assert [link.hash_id for link in anything.store.cases.links(key)] == [poisoned.id]
    assert list(anything.store.withdrawals.begun(" ")) == [key]
    readable = anything.store.bank.by_signal([signal(0), signal(2), signal(10), signal(11)])
    assert {item.status for item in readable.values()} == {Status.WITHDRAWN}


def test_a_row_without_its_case_goes_and_one_of_a_living_case_withdraws_nothing(
    app_for: AppFor, anything: App, somewhere: World
) -> None:
    create_case(new_case(1), app_for(CREATE))
    alive = case_key(NUMBER, anything.mac)
    for key in (alive, "0" * 64):
        anything.store.cases.table.put_new({"pk": "withdrawals", "sk": key})

    assert finish(app_for(FINISHER)) == Finished(done=1, failed=1)
    assert list(anything.store.withdrawals.begun(" ")) == [alive]
    assert statuses(anything, 1) == [Status.ACTIVE]


def test_what_a_run_did_is_counted_and_nothing_is_named(
    app_for: AppFor,
    anything: App,
    begun: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    create_case(new_case(1, number=OTHER_NUMBER), app_for(CREATE))
    alive = case_key(OTHER_NUMBER, anything.mac)
    anything.store.cases.table.put_new({"pk": "withdrawals", "sk": alive})
    begun(1)
    monkeypatch.setattr(module, "app", lambda: app_for(FINISHER))
    capsys.readouterr()
    module.handler({}, LambdaContext())
    told = capsys.readouterr().out

    [counted] = [json.loads(line) for line in told.splitlines() if "_aws" in line]
    assert (counted["WithdrawalsFinished"], counted["WithdrawalsFailed"]) == ([1.0], [1.0])
    assert "withdrawal set aside" in caplog.text
    assert alive not in told + caplog.text


def test_two_runs_and_the_person_at_once_withdraw_each_link_once(
    app_for: AppFor, anything: App, begun: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emptying, "LINKS_A_TRANSACTION", 4)
    begun(20)
    one, other, person = app_for(FINISHER), app_for(FINISHER, "other"), app_for(WITHDRAW)
    # Each is interrupted by the next just before it writes: what it read is then out of date.
    interrupt(other.store.client, "TransactWriteItems", lambda: withdraw(credentials(), person))
    interrupt(one.store.client, "TransactWriteItems", lambda: finish(other))
    finish(one)

    found = anything.store.bank.by_signal(signal(seed) for seed in range(20)).values()
    assert {(item.status, item.version) for item in found} == {(Status.WITHDRAWN, 2)}
    assert len(holdings(anything, owner_of(anything, NUMBER, PIN))) == 20
    assert list(anything.store.withdrawals.begun(" ")) == []


def test_a_run_ends_in_time_and_the_next_goes_on(
    app_for: AppFor, somewhere: World, begun: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emptying, "LINKS_A_TRANSACTION", 4)
    begun(6)
    app = app_for(FINISHER)

    def a_minute_passes() -> None:
        somewhere.now += module.MOST_SECONDS

    interrupt(app.store.client, "TransactWriteItems", a_minute_passes, times=1)

    assert [finish(app).done for _ in range(3)] == [0, 1, 0]


def test_a_rival_that_gets_on_with_a_case_makes_no_failure_of_it(
    app_for: AppFor, anything: App, begun: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emptying, "LINKS_A_TRANSACTION", 1)
    monkeypatch.setattr(patience, "MOST_ATTEMPTS", 1)
    begun(5)
    app, person = app_for(FINISHER), app_for(WITHDRAW, "person")

    def a_part_of_the_persons_call() -> None:
        key = case_key(NUMBER, anything.mac)
        case = person.store.cases.get(key)
        assert case is not None
        turns = iter([True, False])
        emptying.empty(person, case, lambda: next(turns))

    interrupt(app.store.client, "TransactWriteItems", a_part_of_the_persons_call, times=4)

    assert finish(app) == Finished(done=1, failed=0)
    assert statuses(anything, 5) == [Status.WITHDRAWN] * 5


def test_a_case_that_nobody_gets_on_with_is_a_failure(
    app_for: AppFor, begun: Callable[..., None]
) -> None:
    begun(2)
    app = app_for(FINISHER)
    reasons = [{"Code": "TransactionConflict"}]
    refuse(
        app.store.client,
        "TransactWriteItems",
        "TransactionCanceledException",
        ALWAYS,
        CancellationReasons=reasons,
    )

    assert finish(app) == Finished(done=0, failed=1)


def test_a_clock_that_is_put_back_does_not_make_a_run_longer(
    app_for: AppFor, somewhere: World, begun: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(emptying, "LINKS_A_TRANSACTION", 4)
    begun(6)
    app = app_for(FINISHER)

    def a_minute_passes_and_the_clock_is_put_back() -> None:
        somewhere.now += module.MOST_SECONDS
        somewhere.put_back(3_600)

    interrupt(app.store.client, "TransactWriteItems", a_minute_passes_and_the_clock_is_put_back)

    assert [finish(app).done for _ in range(2)] == [0, 1]


def test_a_table_that_does_not_keep_up_ends_the_run(
    app_for: AppFor, begun: Callable[..., None]
) -> None:
    begun(1)
    begun(1, OTHER_NUMBER)
    begun(1, THIRD_NUMBER)
    app = app_for(FINISHER)
    refuse(app.store.client, "BatchGetItem", "ThrottlingException", times=4)
    with pytest.raises(app.store.client.exceptions.ClientError):
        finish(app)

    assert finish(app_for(FINISHER, "next")).done == 3


def test_death_is_not_taken_for_a_case_that_cannot_be_completed(
    app_for: AppFor, begun: Callable[..., None]
) -> None:
    begun(1)
    app = app_for(FINISHER)

    def die() -> None:
        raise Killed

    interrupt(app.store.client, "TransactWriteItems", die)
    with pytest.raises(Killed):
        finish(app)
    assert finish(app_for(FINISHER, "next")) == Finished(done=1, failed=0)
