"""Withdrawn links are forgotten, and what nobody stands behind is erased."""

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import ReadTimeoutError

from functions.create_case.handler import create_case
from functions.partner_sync.sequence import sequence
from functions.partner_sync.submit_feedback import SubmittedFeedback, submit_feedback
from functions.partner_sync.submit_hashes import SubmittedHashes, submit_hashes
from functions.shared.app import App
from functions.shared.bank import BankHash, Status
from functions.shared.feed import begin, page
from functions.shared.forgetting import DAY
from functions.shared.partners import partners
from functions.shared.signals import V1_TYPES
from functions.shared.store import patience
from functions.withdraw import purge as module
from functions.withdraw.handler import withdraw
from functions.withdraw.purge import Purged, purge
from infrastructure.routes import PURGER, SEQUENCER
from tests.faults import Strike, interrupt, record_calls
from tests.hashes import signal
from tests.people import NUMBER, OTHER_NUMBER, credentials, new_case, number_of, pdq
from tests.rights import session
from tests.world import AppFor, World

CREATE, WITHDRAW = "create_case.handler", "withdraw.handler"
SUBMIT, FEEDBACK = "partner_sync.submit_hashes", "partner_sync.submit_feedback"
PARTNER = "example-social"
KEPT = ("log", "announced", "partner", "emptied")


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0)


@pytest.fixture
def anything(somewhere: World) -> App:
    """Return an App that may do anything, for what this test only prepares or looks at."""
    return somewhere.operator()


@pytest.fixture
def pass_days(somewhere: World, anything: App) -> Callable[..., None]:
    """Let days pass, with the log written and, unless told otherwise, everybody reading it."""

    def pass_by(days: float, *, reading: bool = True) -> None:
        while sequence(somewhere.app_for(SEQUENCER)):
            continue
        somewhere.now += days * DAY
        if reading:
            for partner in partners():
                anything.store.partners.acknowledge(partner.id, int(somewhere.now))

    return pass_by


def stored(app: App, count: int = 1) -> list[BankHash]:
    return list(app.store.bank.by_signal(signal(seed) for seed in range(count)).values())


def bank_keys(somewhere: World) -> list[str]:
    """Return what is in the bank but the log and what is known of partners and of the purge."""
    keys = [(item["pk"]["S"], item["sk"]["S"]) for item in somewhere.items("bank")]
    return [f"{pk}/{sk}" for pk, sk in keys if pk not in KEPT]


def withdrawn_case(app_for: AppFor, count: int = 1, number: str = NUMBER) -> None:
    create_case(new_case(count, number=number), app_for(CREATE))
    withdraw(credentials(number), app_for(WITHDRAW))


def test_a_hash_that_nobody_stands_behind_is_erased_with_all_that_was_said_of_it(
    app_for: AppFor, somewhere: World, pass_days: Any
) -> None:
    create_case(new_case(30), app_for(CREATE))
    item = {"hashValue": pdq(0), "feedbackValue": "Blocked"}
    body = SubmittedFeedback.model_validate({"count": 1, "hashFeedbacks": [item]})
    submit_feedback(PARTNER, body, app_for(FEEDBACK))
    withdraw(credentials(), app_for(WITHDRAW))
    pass_days(34)
    assert purge(app_for(PURGER)) == Purged(forgotten=0, failed=0)
    pass_days(1.1)

    assert purge(app_for(PURGER)) == Purged(forgotten=30, failed=0)
    assert bank_keys(somewhere) == []


def submit(app_for: AppFor) -> None:
    item = {"signalType": "ImagePDQ", "hashValue": pdq(0)}
    body = SubmittedHashes.model_validate({"count": 1, "hashRecords": [item]})
    submit_hashes(PARTNER, body, app_for(SUBMIT))


def take_back(app_for: AppFor, value: str = "Withdrawn") -> None:
    item = {"hashValue": pdq(0), "feedbackValue": value}
    body = SubmittedFeedback.model_validate({"count": 1, "hashFeedbacks": [item]})
    submit_feedback(PARTNER, body, app_for(FEEDBACK))


@pytest.mark.parametrize("value", ["Withdrawn", "Deleted"])
def test_what_a_partner_submitted_and_took_back_is_erased_35_days_after_that(
    app_for: AppFor, somewhere: World, anything: App, pass_days: Any, value: str
) -> None:
    create_case(new_case(1), app_for(CREATE))
    submit(app_for)
    withdraw(credentials(), app_for(WITHDRAW))
    pass_days(34)
    take_back(app_for, value)
    assert stored(anything)[0].status is Status.WITHDRAWN
    pass_days(2)
    purge(app_for(PURGER))
    assert stored(anything), "partners have not had 35 days to read that it is withdrawn"
    pass_days(33.1)
    purge(app_for(PURGER))

    assert bank_keys(somewhere) == []


def test_what_only_a_partner_stood_behind_goes_when_it_takes_it_back(
    app_for: AppFor, somewhere: World, pass_days: Any
) -> None:
    submit(app_for)
    take_back(app_for)
    pass_days(35.1)

    assert purge(app_for(PURGER)).forgotten == 1
    assert bank_keys(somewhere) == []


def test_what_a_partner_took_back_and_submits_again_is_there_again_until_it_is_taken_back_anew(
    app_for: AppFor, somewhere: World, anything: App, pass_days: Any
) -> None:
    submit(app_for)
    for _ in range(2):
        take_back(app_for)
        pass_days(20)
        submit(app_for)
        pass_days(20)
        purge(app_for(PURGER))
        assert stored(anything)[0].status is Status.ACTIVE
    take_back(app_for)
    pass_days(35.1)
    purge(app_for(PURGER))

    assert bank_keys(somewhere) == []


def test_what_somebody_stands_behind_stays_when_a_partner_takes_it_back(
    app_for: AppFor, anything: App, pass_days: Any
) -> None:
    create_case(new_case(1), app_for(CREATE))
    submit(app_for)
    take_back(app_for)
    pass_days(35.1)
    purge(app_for(PURGER))
    [item] = stored(anything)

    assert (item.status, len(item.links), item.submitters) == (Status.ACTIVE, 1, frozenset())
    assert item.parted == {}


def test_without_acknowledgements_it_takes_90_days(
    app_for: AppFor, somewhere: World, pass_days: Any
) -> None:
    withdrawn_case(app_for)
    pass_days(89, reading=False)
    assert purge(app_for(PURGER)).forgotten == 0
    pass_days(1.1, reading=False)

    assert purge(app_for(PURGER)).forgotten == 1
    assert bank_keys(somewhere) == []


def test_a_run_that_comes_weeks_late_still_finds_everything(
    app_for: AppFor, somewhere: World, pass_days: Any
) -> None:
    withdrawn_case(app_for)
    pass_days(119)

    assert purge(app_for(PURGER)).forgotten == 1


def test_a_purge_that_was_off_for_years_still_finds_everything(
    app_for: AppFor, somewhere: World, pass_days: Any
) -> None:
    withdrawn_case(app_for)
    pass_days(1_000)

    assert purge(app_for(PURGER)).forgotten == 1
    assert bank_keys(somewhere) == []


def test_what_could_not_be_forgotten_is_tried_again_however_long_that_lasts(
    app_for: AppFor, somewhere: World, anything: App, pass_days: Any
) -> None:
    withdrawn_case(app_for, 2)
    pass_days(100)
    poisoned = stored(anything, 2)[0]
    genuine = stored_item(somewhere, poisoned.id)
    session().client("dynamodb").update_item(
        TableName=somewhere.env["BANK_TABLE"],
        Key={"pk": genuine["pk"], "sk": genuine["sk"]},
        UpdateExpression="REMOVE links",
    )
    told = []
    for _ in range(4):
        told.append(purge(app_for(PURGER)))
        pass_days(100)
    assert told == [Purged(1, 1), *[Purged(0, 1)] * 3]

    session().client("dynamodb").put_item(TableName=somewhere.env["BANK_TABLE"], Item=genuine)
    assert purge(app_for(PURGER)) == Purged(forgotten=1, failed=0)
    assert bank_keys(somewhere) == []


def stored_item(somewhere: World, hash_id: str) -> Any:
    """Return a hash as it is stored."""
    found = somewhere.items("bank")
    [item] = [one for one in found if one.get("id") == {"S": hash_id}]
    return item


def test_what_is_emptied_is_not_read_again_for_ever(
    app_for: AppFor, somewhere: World, pass_days: Any
) -> None:
    withdrawn_case(app_for)
    pass_days(400)
    calls = []
    for handler in ("first", "second"):
        app = app_for(PURGER, handler)
        seen = record_calls(app.store.client)
        purge(app)
        calls.append(seen)

    assert [seen.count("PutItem") + seen.count("TransactWriteItems") for seen in calls] == [2, 0]
    several_hundred = 400
    assert calls[0].count("Query") > several_hundred
    assert calls[1].count("Query") < several_hundred / 4


def test_a_hash_of_a_case_that_goes_on_loses_the_link_only_and_partners_hear_of_it(
    app_for: AppFor, somewhere: World, anything: App, pass_days: Any
) -> None:
    create_case(new_case(1, number=OTHER_NUMBER), app_for(CREATE))
    withdrawn_case(app_for)
    pass_days(36)
    before = anything.store.log.tail().ts
    [seen] = stored(anything)
    purge(app_for(PURGER))
    pass_days(0)

    [item] = stored(anything)
    assert (item.id, item.version, item.status) == (seen.id, seen.version + 1, Status.ACTIVE)
    assert [link.status for link in item.links.values()] == [Status.ACTIVE]
    entries = page(anything.store.log, begin(anything.store.log, before + 1), 10, V1_TYPES).entries
    assert [entry.hash for entry in entries] == [item]


def test_a_hash_that_a_partner_submitted_stays(
    app_for: AppFor, anything: App, pass_days: Any
) -> None:
    withdrawn_case(app_for)
    item = {"signalType": "ImagePDQ", "hashValue": pdq(0)}
    body = SubmittedHashes.model_validate({"count": 1, "hashRecords": [item]})
    submit_hashes(PARTNER, body, app_for(SUBMIT))
    pass_days(36)
    purge(app_for(PURGER))

    [left] = stored(anything)
    assert (left.status, dict(left.links)) == (Status.ACTIVE, {})


def test_two_withdrawn_links_of_one_day_go_together_and_of_two_days_one_after_the_other(
    app_for: AppFor, somewhere: World, anything: App, pass_days: Any
) -> None:
    third = number_of("8" + NUMBER[1:19])
    for number in (NUMBER, OTHER_NUMBER):
        withdrawn_case(app_for, number=number)
    somewhere.now += 10 * DAY
    withdrawn_case(app_for, number=third)
    pass_days(26)

    assert purge(app_for(PURGER)).forgotten == 2
    assert [len(item.links) for item in stored(anything)] == [1]
    pass_days(10)
    assert purge(app_for(PURGER)).forgotten == 1
    assert bank_keys(somewhere) == []


def test_a_hash_that_is_reported_again_while_it_is_looked_at_stays(
    app_for: AppFor, anything: App, pass_days: Any
) -> None:
    withdrawn_case(app_for)
    [before] = stored(anything)
    pass_days(36)
    app = app_for(PURGER)
    again = new_case(1, number=OTHER_NUMBER)
    interrupt(app.store.client, "TransactWriteItems", lambda: create_case(again, app_for(CREATE)))
    purge(app)

    [item] = stored(anything)
    assert (item.id, item.status, len(item.links)) == (before.id, Status.ACTIVE, 1)


def test_a_hash_that_is_erased_while_it_is_reported_again_gets_a_new_id(
    app_for: AppFor, anything: App, pass_days: Any
) -> None:
    withdrawn_case(app_for)
    [before] = stored(anything)
    pass_days(36)
    app = app_for(CREATE)
    interrupt(app.store.client, "TransactWriteItems", lambda: purge(app_for(PURGER)))
    create_case(new_case(1, number=OTHER_NUMBER), app)

    [item] = stored(anything)
    assert item.id != before.id
    assert (item.version, item.status, len(item.links)) == (1, Status.ACTIVE, 1)


def test_the_feed_goes_on_over_erased_hashes_from_any_place(
    app_for: AppFor, anything: App, pass_days: Any
) -> None:
    create_case(new_case(3, first=10, number=OTHER_NUMBER), app_for(CREATE))
    pass_days(1)
    withdrawn_case(app_for, 5)
    pass_days(36)
    log = anything.store.log
    cursor = begin(log, 0)
    token = page(log, cursor, 2, V1_TYPES).next
    assert token is not None
    checkpoint = log.tail().ts
    purge(app_for(PURGER))

    from_start = page(log, cursor, 10, V1_TYPES)
    assert {entry.hash.signal for entry in from_start.entries} == {signal(s) for s in (10, 11, 12)}
    assert page(log, token, 10, V1_TYPES).next is None
    resumed = page(log, begin(log, checkpoint), 10, V1_TYPES)
    assert (resumed.entries, resumed.next, resumed.resume) == ((), None, checkpoint)


def test_a_hash_that_cannot_be_read_does_not_stop_the_others(
    app_for: AppFor, somewhere: World, anything: App, pass_days: Any
) -> None:
    withdrawn_case(app_for, 3)
    pass_days(36)
    poisoned = stored(anything, 3)[1]
    session().client("dynamodb").update_item(
        TableName=somewhere.env["BANK_TABLE"],
        Key={"pk": {"S": f"hash#{poisoned.id}"}, "sk": {"S": "hash"}},
        UpdateExpression="REMOVE links",
    )

    assert purge(app_for(PURGER)) == Purged(forgotten=2, failed=1)
    assert purge(app_for(PURGER)) == Purged(forgotten=0, failed=1)


def test_a_run_ends_in_time_and_the_next_goes_on(
    app_for: AppFor, somewhere: World, pass_days: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FORGOTTEN_A_TRANSACTION", 2)
    withdrawn_case(app_for, 5)
    pass_days(36)
    app = app_for(PURGER)

    def time_is_up() -> None:
        somewhere.now += module.MOST_SECONDS

    interrupt(app.store.client, "TransactWriteItems", time_is_up)

    assert [purge(app).forgotten for _ in range(3)] == [2, 3, 0]


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_whichever_call_of_the_purger_fails_the_next_run_ends_right(
    app_for: AppFor,
    somewhere: World,
    anything: App,
    pass_days: Any,
    after: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "LATEST_DAYS", 36)
    monkeypatch.setattr(module, "STRAGGLER_DAYS", 0)
    for nth in range(1, 30):
        stays, goes, last = (number_of(f"{nth:02d}{one}{NUMBER[3:19]}") for one in "KGZ")
        for number, first in ((stays, nth), (goes, nth), (last, 100 + nth)):
            create_case(new_case(1, first=first, number=number), app_for(CREATE))
        for number in (goes, last):
            withdraw(credentials(number), app_for(WITHDRAW))
        pass_days(36)
        anything.store.forgetting.note_emptied(anything.today() - timedelta(days=36))
        app = app_for(PURGER, f"{nth}")
        strike = Strike(nth, after).on(app.store.client)
        with suppress(ReadTimeoutError):
            purge(app)
        purge(app_for(PURGER))
        pass_days(0)
        found = anything.store.bank.by_signal([signal(nth), signal(100 + nth)])
        assert [(len(item.links), item.version) for item in found.values()] == [(1, 4)]
        assert not [key for key in bank_keys(somewhere) if key.startswith("withdrawn#")]
        if not strike.struck:
            break
    assert 8 < nth < 29, "every call was struck once"


def test_what_a_run_did_is_counted_and_nothing_is_named(
    app_for: AppFor,
    somewhere: World,
    anything: App,
    pass_days: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    withdrawn_case(app_for, 3)
    pass_days(36)
    ids = [item.id for item in stored(anything, 3)]
    session().client("dynamodb").update_item(
        TableName=somewhere.env["BANK_TABLE"],
        Key={"pk": {"S": f"hash#{ids[0]}"}, "sk": {"S": "hash"}},
        UpdateExpression="REMOVE links",
    )
    monkeypatch.setattr(module, "app", lambda: app_for(PURGER))
    capsys.readouterr()
    module.handler({}, LambdaContext())
    told = capsys.readouterr().out

    [counted] = [json.loads(line) for line in told.splitlines() if "_aws" in line]
    assert (counted["LinksForgotten"], counted["ForgettingFailed"]) == ([2.0], [1.0])
    assert "withdrawn link set aside" in caplog.text
    assert not [one for one in ids if one in told + caplog.text]
