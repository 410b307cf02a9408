"""Tables restored from a backup: erasures are repeated, and partners listen again."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from functions.create_case.handler import create_case
from functions.partner_sync.submit_feedback import SubmittedFeedback, submit_feedback
from functions.shared.access import owner_of
from functions.shared.app import App
from functions.shared.bank import Status
from functions.shared.feed import Cursor, begin, page
from functions.shared.holdings import holdings
from functions.shared.signals import V1_TYPES
from functions.status.handler import case_status
from functions.withdraw.handler import withdraw
from infrastructure.restore import Restored, restore
from infrastructure.restore_mark import STEP
from infrastructure.routes import SEQUENCER
from tests.faults import Strike
from tests.hashes import signal
from tests.people import NUMBER, OTHER_NUMBER, PIN, credentials, new_case, pdq
from tests.rights import session
from tests.withdrawn import log_everything
from tests.world import AppFor, World, body_of

CREATE, STATUS, WITHDRAW = "create_case.handler", "status.handler", "withdraw.handler"
FEEDBACK = "partner_sync.submit_feedback"
DAY = 86_400
Backup = dict[str, list[dict[str, Any]]]


def anything(somewhere: World) -> App:
    """Return an App that may do anything, as an operator may, with clients of its own."""
    return somewhere.operator()


def back_up(somewhere: World) -> Backup:
    return {table: somewhere.items(table) for table in ("cases", "bank")}


def bring_back(somewhere: World, backup: Backup) -> None:
    """Put tables of the backup in the place of those that are in use. The ledger stays."""
    client = session().client("dynamodb")
    for table, items in backup.items():
        name = somewhere.env[f"{table.upper()}_TABLE"]
        before = client.describe_table(TableName=name)["Table"]
        client.delete_table(TableName=name)
        client.create_table(
            TableName=name,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=before["KeySchema"],
            AttributeDefinitions=before["AttributeDefinitions"],
        )
        for item in items:
            client.put_item(TableName=name, Item=item)


class Partner:
    """A partner that keeps what it is sent, by the rule of versions and from its checkpoint."""

    def __init__(self) -> None:
        self.start = 0
        self.kept: dict[str, tuple[int, Status]] = {}

    def reads(self, app: App) -> None:
        cursor: Cursor | None = begin(app.store.log, self.start)
        while cursor:
            got = page(app.store.log, cursor, 1_000, V1_TYPES)
            for entry in got.entries:
                if entry.hash.version > self.kept.get(entry.hash.id, (0,))[0]:
                    self.kept[entry.hash.id] = entry.hash.version, entry.hash.status
            self.start, cursor = got.resume, got.next

    @property
    def active(self) -> set[str]:
        return {one for one, (_, status) in self.kept.items() if status is Status.ACTIVE}


@pytest.fixture
def partner() -> Partner:
    return Partner()


@pytest.fixture
def sync(somewhere: World, partner: Partner) -> Callable[[], None]:
    """Log what waits and let the partner read, a while later."""

    def act() -> None:
        log_everything(somewhere.app_for(SEQUENCER))
        somewhere.now += 60
        partner.reads(anything(somewhere))

    return act


def answer(app_for: AppFor, seed: int) -> None:
    item = {"hashValue": pdq(seed), "feedbackValue": "Blocked"}
    body = SubmittedFeedback.model_validate({"count": 1, "hashFeedbacks": [item]})
    submit_feedback("example-social", body, app_for(FEEDBACK))


def today(somewhere: World) -> date:
    return anything(somewhere).today()


def test_a_withdrawal_after_the_backup_is_repeated_and_reaches_partners(
    app_for: AppFor, somewhere: World, partner: Partner, sync: Callable[[], None]
) -> None:
    create_case(new_case(30), app_for(CREATE))
    create_case(new_case(2, first=29, number=OTHER_NUMBER), app_for(CREATE))
    sync()
    backup, day = back_up(somewhere), today(somewhere)
    answer(app_for, 29)
    answer(app_for, 5)
    withdraw(credentials(), app_for(WITHDRAW))
    sync()
    assert len(partner.active) == 2
    bring_back(somewhere, backup)

    assert restore(anything(somewhere), day) == Restored(withdrawn=1, revoked=0, raised=31)
    sync()
    app = anything(somewhere)
    stored = app.store.bank.by_signal(signal(seed) for seed in range(31))
    assert partner.kept == {one.id: (one.version, one.status) for one in stored.values()}
    assert partner.active == {stored[signal(29)].id, stored[signal(30)].id}
    told = body_of(case_status(credentials(), app_for(STATUS)))
    assert (told["status"], told["signals"]) == ("Withdrawn", 30)
    assert len(holdings(app, owner_of(app, NUMBER, PIN))) == 30
    assert body_of(withdraw(credentials(), app_for(WITHDRAW)))["remaining"] == 0


def test_partners_hear_of_what_comes_after_a_restore_although_they_saw_later_versions(
    app_for: AppFor, somewhere: World, partner: Partner, sync: Callable[[], None]
) -> None:
    create_case(new_case(1), app_for(CREATE))
    sync()
    backup, day = back_up(somewhere), today(somewhere)
    for value in range(3):
        somewhere.now += value
        create_case(new_case(1, number=OTHER_NUMBER), app_for(CREATE))
        answer(app_for, 0)
    sync()
    bring_back(somewhere, backup)
    restore(anything(somewhere), day)
    sync()
    withdraw(credentials(), app_for(WITHDRAW))
    sync()

    assert partner.active == set()


def test_it_may_be_run_again(app_for: AppFor, somewhere: World) -> None:
    create_case(new_case(3), app_for(CREATE))
    backup, day = back_up(somewhere), today(somewhere)
    withdraw(credentials(), app_for(WITHDRAW))
    bring_back(somewhere, backup)
    restore(anything(somewhere), day)
    after = back_up(somewhere)

    assert restore(anything(somewhere), day) == Restored(0, 0, 0)
    assert back_up(somewhere) == after


def test_a_second_restore_goes_above_the_first_whatever_the_backup_knows_of_it(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(1), app_for(CREATE))
    early, day = back_up(somewhere), today(somewhere)
    bring_back(somewhere, early)
    restore(anything(somewhere), day)
    late = back_up(somewhere)
    for backup, floor in ((early, 2), (late, 3), (late, 4)):
        bring_back(somewhere, backup)
        restore(anything(somewhere), day)
        [item] = anything(somewhere).store.bank.by_signal([signal(0)]).values()
        assert item.version == floor * STEP + 1


def test_what_was_erased_before_and_a_number_used_again_are_left_alone(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(1), app_for(CREATE))
    withdraw(credentials(), app_for(WITHDRAW))
    erased = today(somewhere)
    somewhere.now += 32 * DAY
    create_case(new_case(2), app_for(CREATE))
    bring_back(somewhere, back_up(somewhere))

    assert restore(anything(somewhere), erased - timedelta(days=1)) == Restored(0, 0, 2)
    assert body_of(case_status(credentials(), app_for(STATUS)))["status"] == "Active"


def test_a_case_from_before_there_were_receipts_is_withdrawn_without_one(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(2), app_for(CREATE))
    backup, day = back_up(somewhere), today(somewhere)
    withdraw(credentials(), app_for(WITHDRAW))
    for item in backup["cases"]:
        item.pop("receipt_key", None)
    bring_back(somewhere, backup)

    assert restore(anything(somewhere), day).withdrawn == 1
    assert [item["sk"]["S"] for item in somewhere.items("cases")] == ["case"]


@pytest.mark.parametrize("wrong_by", [-3600, DAY], ids=["an hour behind", "a day ahead"])
def test_a_withdrawal_is_repeated_whatever_day_the_clock_of_its_function_showed(
    app_for: AppFor, somewhere: World, wrong_by: int
) -> None:
    somewhere.now -= somewhere.now % DAY - 600
    create_case(new_case(2), app_for(CREATE))
    backup, day, restored = back_up(somewhere), today(somewhere), somewhere.now
    somewhere.now += 600 + wrong_by
    withdraw(credentials(), app_for(WITHDRAW))
    somewhere.now = restored + 7200
    bring_back(somewhere, backup)

    assert restore(anything(somewhere), day).withdrawn == 1


def test_a_local_day_that_has_not_begun_in_utc_misses_nothing(
    app_for: AppFor, somewhere: World
) -> None:
    somewhere.now -= somewhere.now % DAY + 5400
    create_case(new_case(2), app_for(CREATE))
    backup, in_stockholm = back_up(somewhere), somewhere.now + 7200
    withdraw(credentials(), app_for(WITHDRAW))
    bring_back(somewhere, backup)
    day = datetime.fromtimestamp(in_stockholm, UTC).date()

    assert day > today(somewhere)
    assert restore(anything(somewhere), day).withdrawn == 1


def test_partners_hear_of_a_withdrawal_although_the_backup_has_no_first_mention(
    app_for: AppFor, somewhere: World, partner: Partner, sync: Callable[[], None]
) -> None:
    create_case(new_case(1), app_for(CREATE))
    sync()
    somewhere.now += 60
    backup, day = back_up(somewhere), today(somewhere)
    withdraw(credentials(), app_for(WITHDRAW))
    backup["bank"] = [item for item in backup["bank"] if item["sk"]["S"] != "published"]
    bring_back(somewhere, backup)
    restore(anything(somewhere), day)
    sync()

    assert len(partner.kept) == 1
    assert partner.active == set()


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_whichever_call_it_dies_at_the_next_run_ends_right(
    app_for: AppFor, somewhere: World, after: bool
) -> None:
    create_case(new_case(30), app_for(CREATE))
    create_case(new_case(2, first=29, number=OTHER_NUMBER), app_for(CREATE))
    backup, day = back_up(somewhere), today(somewhere)
    withdraw(credentials(), app_for(WITHDRAW))
    bring_back(somewhere, backup)
    for nth in _lives(somewhere, day, after):
        assert nth < 60
    stored = anything(somewhere).store.bank.by_signal(signal(seed) for seed in range(31)).values()

    assert sorted(item.version % STEP for item in stored) == [1, *[2] * 29, 3]
    assert {item.version // STEP for item in stored} == {1}
    assert sum(item.status is Status.ACTIVE for item in stored) == 2
    told = body_of(case_status(credentials(), app_for(STATUS)))
    assert (told["status"], told["signals"]) == ("Withdrawn", 30)


def _lives(somewhere: World, day: date, after: bool) -> Iterator[int]:
    """Run it again and again, each time a call longer, until it is not struck."""
    nth, strike = 0, None
    while strike is None or strike.struck:
        nth += 1
        app = anything(somewhere)
        strike = Strike(nth, after).on(app.store.client)
        try:
            restore(app, day)
        except Exception:
            assert strike.struck
        yield nth
