"""Disputes from partners' answers to the operator's ruling, over the real functions."""

import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import boto3
import pytest
from botocore.exceptions import ReadTimeoutError

from functions.create_case.handler import create_case
from functions.partner_sync.sequence import sequence
from functions.partner_sync.submit_feedback import SubmittedFeedback, submit_feedback
from functions.partner_sync.submit_hashes import SubmittedHashes, submit_hashes
from functions.shared.app import App
from functions.shared.bank import BankHash, FeedbackValue, Status, unpublished
from functions.shared.disputes import weighed
from functions.shared.store import patience
from functions.shared.store.bank import BankStore
from functions.shared.store.table import Table
from functions.shared.store.transactions import transact
from functions.status.handler import case_status
from functions.withdraw.handler import withdraw
from infrastructure import disputes
from infrastructure.routes import PURGER, SEQUENCER
from tests.faults import Strike, interrupt
from tests.hashes import signal
from tests.people import OTHER_NUMBER, SYMBOLS, credentials, new_case, number_of, pdq
from tests.register import registered
from tests.rights import session
from tests.world import AppFor, World, body_of

CREATE, STATUS, WITHDRAW = "create_case.handler", "status.handler", "withdraw.handler"
FEEDBACK, SUBMIT = "partner_sync.submit_feedback", "partner_sync.submit_hashes"
PARTNER = "example-social"
THREE = (PARTNER, "another", "a third")
REGISTERED = (*THREE, "a fourth", "a fifth", "a sixth")
MOST_CALLS = 30


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0)


@pytest.fixture(autouse=True)
def _many_take_part(tmp_path: Path) -> Iterator[None]:
    with registered(tmp_path, *({"id": one, "name": one} for one in REGISTERED)):
        yield


@pytest.fixture(autouse=True)
def _two_pictures_are_in_the_bank(app_for: AppFor) -> None:
    create_case(new_case(2), app_for(CREATE))


def answer(app_for: AppFor, *partners: str, value: str = "NotBlocked", seed: int = 0) -> None:
    for partner in partners:
        say(app_for(FEEDBACK), partner, value, seed)


def say(app: App, partner: str, value: str, seed: int) -> None:
    item = {"hashValue": pdq(seed), "feedbackValue": value}
    request = SubmittedFeedback.model_validate({"count": 1, "hashFeedbacks": [item]})
    submit_feedback(partner, request, app)


def submit(app_for: AppFor, partner: str, value: str = "NotBlocked") -> None:
    said = {"feedbackValue": value}
    item = {"signalType": "ImagePDQ", "hashValue": pdq(0), "CSPFeedbacks": [said]}
    request = SubmittedHashes.model_validate({"count": 1, "hashRecords": [item]})
    submit_hashes(partner, request, app_for(SUBMIT))


def stored(app_for: AppFor, seed: int = 0) -> BankHash:
    return app_for(CREATE).store.bank.by_signal([signal(seed)])[signal(seed)]


def rows(somewhere: World) -> list[str]:
    """Return the hash ids that wait for the operator."""
    items = somewhere.items("bank")
    return [item["hash_id"]["S"] for item in items if item["pk"]["S"] == "disputes"]


def states(app_for: AppFor, **asked: str) -> dict[str, int]:
    told = body_of(case_status(credentials(**asked), app_for(STATUS)))["companies"]
    [company] = [one for one in told if one["id"] == PARTNER]
    return {state: count for state, count in company["states"].items() if count}


@dataclass(frozen=True)
class Command:
    """The operator's command, run in this process."""

    somewhere: World
    patch: pytest.MonkeyPatch
    capture: pytest.CaptureFixture[str]

    def __call__(self, *arguments: str, fails: bool = False) -> Any:
        """Return what it prints, as JSON, or what it complains of."""
        table = self.somewhere.env["BANK_TABLE"]
        self.patch.setattr("sys.argv", ["disputes", *arguments, "--table", table])
        self.patch.setattr(disputes, "time", SimpleNamespace(time=lambda: self.somewhere.now))
        self.capture.readouterr()
        assert disputes.main() == int(fails)
        printed = self.capture.readouterr()
        return printed.err if fails else json.loads(printed.out)


@pytest.fixture
def command(
    somewhere: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    return Command(somewhere, monkeypatch, capsys)


def test_the_third_objection_puts_a_hash_before_the_operator_in_the_version_it_makes(
    app_for: AppFor, somewhere: World
) -> None:
    answer(app_for, *THREE[:2])
    assert (rows(somewhere), stored(app_for).disputed) == ([], False)
    answer(app_for, THREE[2])

    item = stored(app_for)
    assert (rows(somewhere), item.disputed, item.status) == ([item.id], True, Status.ACTIVE)
    assert item.dispute
    assert item.dispute.version == item.version
    assert len(stored(app_for, 1).feedback) == 0


def test_one_partner_makes_no_dispute_however_often_and_in_whichever_way_it_objects(
    app_for: AppFor, somewhere: World
) -> None:
    for _ in range(4):
        answer(app_for, PARTNER)
        answer(app_for, PARTNER, value="PendingReview")
        submit(app_for, PARTNER)

    assert rows(somewhere) == []


def test_an_objection_of_a_partner_that_has_left_counts_no_more(
    app_for: AppFor, somewhere: World, tmp_path: Path, command: Command
) -> None:
    answer(app_for, *THREE[:2])
    with registered(tmp_path, *({"id": one, "name": one} for one in REGISTERED if one != PARTNER)):
        answer(app_for, THREE[2])

        assert rows(somewhere) == []
        assert command("show", stored(app_for).id)["objectors"] == sorted(THREE[1:])


def test_an_objection_that_comes_with_a_submitted_hash_counts_too(
    app_for: AppFor, somewhere: World
) -> None:
    answer(app_for, *THREE[:2])
    submit(app_for, THREE[2])

    assert rows(somewhere) == [stored(app_for).id]


def test_the_row_goes_when_a_partner_thinks_better_of_it(app_for: AppFor, somewhere: World) -> None:
    answer(app_for, *THREE)
    answer(app_for, THREE[1], value="Blocked")

    assert (rows(somewhere), stored(app_for).disputed) == ([], False)


def test_what_others_do_to_a_disputed_hash_leaves_its_row_alone(
    app_for: AppFor, somewhere: World
) -> None:
    answer(app_for, *THREE)
    create_case(new_case(1, number=OTHER_NUMBER), app_for(CREATE))
    answer(app_for, "a fourth", value="Blocked")
    withdraw(credentials(OTHER_NUMBER), app_for(WITHDRAW))

    assert rows(somewhere) == [stored(app_for).id]


def test_the_operator_sees_ids_counts_and_days_and_never_a_case_or_a_hash(
    app_for: AppFor, command: Command
) -> None:
    answer(app_for, *THREE)
    answer(app_for, "a fourth", value="Blocked")
    [told] = command("list")

    item = stored(app_for)
    assert told == {
        "hash": item.id,
        "signalType": "ImagePDQ",
        "status": "Active",
        "disputed": "2027-01-15",
        "decision": None,
        "changed": "2027-01-15",
        "counts": {"Blocked": 1, "NotBlocked": 3},
        "verdicts": dict.fromkeys(THREE, "NotBlocked") | {"a fourth": "Blocked"},
        "objectors": sorted(THREE),
    }
    assert command("show", item.id) == told
    printed = json.dumps(told)
    assert not [one for one in (pdq(0), *item.links) if one in printed]


@pytest.mark.parametrize("hash_id", ["-" + "a" * 21, "--" + "a" * 20, "--table" + "-" * 15])
def test_an_id_may_begin_like_an_option(somewhere: World, command: Command, hash_id: str) -> None:
    table = Table(session().client("dynamodb"), somewhere.env["BANK_TABLE"])
    item = unpublished(signal(7), hash_id, int(somewhere.now))
    for partner in THREE:
        said = item.answered(partner, FeedbackValue.NOT_BLOCKED, (), item.changed_at)
        item = weighed(said, 3, THREE)
        BankStore(table).write([item])

    assert command("show", hash_id)["hash"] == hash_id
    assert command("delist", f"hash#{hash_id}")["status"] == "Withdrawn"


def test_the_longest_waiting_comes_first(
    app_for: AppFor, command: Command, somewhere: World
) -> None:
    for seed in (1, 0):
        somewhere.now += 86_400
        answer(app_for, *THREE, seed=seed)

    assert [one["hash"] for one in command("list")] == [stored(app_for, s).id for s in (1, 0)]


def test_a_dispute_about_what_everybody_withdrew_is_not_listed(
    app_for: AppFor, command: Command
) -> None:
    answer(app_for, *THREE)
    withdraw(credentials(), app_for(WITHDRAW))

    assert command("list") == []


def test_to_keep_a_hash_settles_the_dispute_until_as_many_object_anew(
    app_for: AppFor, command: Command, somewhere: World
) -> None:
    answer(app_for, *THREE)
    told = command("keep", stored(app_for).id)

    assert told["decision"] == {"ruling": "kept", "on": "2027-01-15"}
    assert (told["disputed"], told["objectors"], rows(somewhere)) == (None, [], [])
    answer(app_for, "a fourth", "a fifth")
    assert rows(somewhere) == []
    answer(app_for, PARTNER)
    assert rows(somewhere) == [stored(app_for).id]


def test_a_delisted_hash_stays_away_whoever_reports_it_again_and_persons_keep_what_they_see(
    app_for: AppFor, command: Command, somewhere: World
) -> None:
    answer(app_for, *THREE)
    before = states(app_for)
    told = command("delist", stored(app_for).id)

    assert (told["status"], told["disputed"], rows(somewhere)) == ("Withdrawn", None, [])
    assert states(app_for) == before == {"not_removed": 1, "not_asked": 1}
    create_case(new_case(1, number=OTHER_NUMBER), app_for(CREATE))
    submit(app_for, "a fourth", value="Blocked")
    item = stored(app_for)
    assert (item.status, item.claimed) == (Status.WITHDRAWN, True)
    assert states(app_for, number=OTHER_NUMBER) == {"not_asked": 1}
    assert command("keep", item.id)["status"] == "Active", "the operator may undo it"


def test_a_ruling_is_a_version_with_its_outbox_row_and_repeating_it_is_nothing(
    app_for: AppFor, command: Command, somewhere: World
) -> None:
    answer(app_for, *THREE)
    version = stored(app_for).version
    for ruling, later in (("keep", 1), ("delist", 2)):
        told = command(ruling, stored(app_for).id)
        bank = somewhere.items("bank")
        assert command(ruling, stored(app_for).id) == told
        assert somewhere.items("bank") == bank
        assert stored(app_for).version == version + later
    waiting = app_for(SEQUENCER).store.outbox.oldest(100)
    assert version + 2 in {change.version for change in waiting}


def test_what_cannot_be_decided_is_said_so(app_for: AppFor, command: Command) -> None:
    answer(app_for, *THREE[:2])
    for ruling in ("keep", "delist"):
        assert "No dispute" in command(ruling, stored(app_for).id, fails=True)
        assert "no hash" in command(ruling, "unknown", fails=True)
    assert "no hash" in command("show", "unknown", fails=True)
    assert command("list") == []


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_whichever_call_fails_the_objection_that_makes_a_dispute_and_its_row_go_together(
    app_for: AppFor, somewhere: World, after: bool
) -> None:
    for nth in range(1, MOST_CALLS):
        create_case(new_case(1, first=nth + 5, number=_number(nth)), app_for(CREATE))
        answer(app_for, *THREE[:2], seed=nth + 5)
        app = app_for(FEEDBACK, f"{nth}")
        strike = Strike(nth, after).on(app.store.client)
        with suppress(ReadTimeoutError):
            say(app, THREE[2], "NotBlocked", nth + 5)
        item = stored(app_for, nth + 5)
        assert (item.id in rows(somewhere)) == item.disputed == (item.version == 4)
        answer(app_for, THREE[2], seed=nth + 5)
        item = stored(app_for, nth + 5)
        assert (item.version, item.disputed, item.id in rows(somewhere)) == (4, True, True)
        if not strike.struck:
            break
    assert 2 < nth < MOST_CALLS


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("ruling", ["keep", "delist"])
def test_whichever_call_fails_a_ruling_is_made_wholly_or_not_at_all_and_once(
    app_for: AppFor,
    somewhere: World,
    command: Command,
    ruling: str,
    after: bool,
) -> None:
    for nth in range(1, MOST_CALLS):
        create_case(new_case(1, first=nth + 5, number=_number(nth)), app_for(CREATE))
        answer(app_for, *THREE, seed=nth + 5)
        item = stored(app_for, nth + 5)
        client = session().client("dynamodb")
        strike = Strike(nth, after).on(client)
        with pytest.MonkeyPatch.context() as patch, suppress(ReadTimeoutError):
            patch.setattr(boto3, "client", partial(_given, client))
            command(ruling, item.id)
        now = stored(app_for, nth + 5)
        assert (now.decision is None) == now.disputed == (item.id in rows(somewhere))
        command(ruling, item.id)
        now = stored(app_for, nth + 5)
        assert (now.version, now.disputed, item.id in rows(somewhere)) == (5, False, False)
        if not strike.struck:
            break
    assert 2 < nth < MOST_CALLS


def test_an_answer_in_the_same_moment_does_not_get_lost_behind_a_ruling(
    app_for: AppFor, command: Command
) -> None:
    answer(app_for, *THREE)
    item = stored(app_for)
    client = session().client("dynamodb")
    interrupt(client, "TransactWriteItems", lambda: answer(app_for, "a fourth", value="Blocked"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(boto3, "client", partial(_given, client))
        told = command("keep", item.id)

    assert told["counts"] == {"Blocked": 1, "NotBlocked": 3}
    assert stored(app_for).version == item.version + 2


def test_a_hash_that_is_erased_leaves_no_row_behind(
    app_for: AppFor, somewhere: World, command: Command
) -> None:
    answer(app_for, *THREE)
    answer(app_for, *THREE, seed=1)
    command("keep", stored(app_for, 1).id)
    bank = app_for(PURGER).store.bank
    for item in (stored(app_for), stored(app_for, 1)):
        transact(bank.table.client, bank.erasures(item))

    assert rows(somewhere) == []
    assert command("list") == []


def test_disputes_and_rulings_go_through_the_log_like_every_change(
    app_for: AppFor, command: Command
) -> None:
    answer(app_for, *THREE)
    command("delist", stored(app_for).id)
    app = app_for(SEQUENCER)
    sequence(app)

    changes = [
        change
        for segment in app.store.log.segments(1, app.store.log.tail().number)
        for change in segment.changes
    ]
    item = stored(app_for)
    assert [version for one, version in changes if one == item.id] == [1, 2, 3, 4, 5]


def _given(client: Any, _: str) -> Any:
    return client


def _number(place: int) -> str:
    return number_of(f"{place:03d}".replace("8", "A") + SYMBOLS[3:])
