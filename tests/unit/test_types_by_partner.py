"""A type of signal that v1 does not know goes to the partners that asked for it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from functions.create_case.handler import create_case
from functions.partner_sync.fetch_hashes import fetch_hashes
from functions.partner_sync.sequence import sequence
from functions.partner_sync.submit_feedback import SubmittedFeedback, submit_feedback
from functions.partner_sync.submit_hashes import SubmittedHashes, submit_hashes
from functions.shared.bank import Status
from functions.shared.models import NewSignal
from functions.shared.partners import SANDBOX, signal_types_of
from functions.shared.signals import SIGNAL_TYPES, V1_TYPES, Signal
from functions.status.handler import case_status
from functions.withdraw.handler import withdraw
from infrastructure.routes import SEQUENCER
from tests.people import credentials, new_case, pdq
from tests.register import registered
from tests.world import AppFor, World, body_of

NEWER = "Newer"
OLD, ASKED, ONLY = "old-platform", "asked-platform", "only-platform"


@pytest.fixture(autouse=True)
def _a_newer_type_and_who_asked_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    monkeypatch.setitem(SIGNAL_TYPES, NEWER, {"format": "^[0-9a-f]{64}$"})
    with registered(
        tmp_path,
        {"id": OLD, "name": "Old"},
        {"id": ASKED, "name": "Asked", "signal_types": ["ImagePDQ", NEWER]},
        {"id": ONLY, "name": "Only", "signal_types": [NEWER]},
    ):
        yield


def report(app_for: AppFor, *signals: tuple[str, int]) -> None:
    """Open a case with hashes of these types and seeds, and publish it."""
    sent = [
        NewSignal(type=name, value=pdq(seed), quality=None if name == NEWER else 100)
        for name, seed in signals
    ]
    chunk = new_case(len(sent)).model_copy(update={"signals": sent})
    create_case(chunk, app_for("create_case.handler"))
    sequence(app_for(SEQUENCER))


def fetched(app_for: AppFor, partner: str, start: int = 10) -> Any:
    return body_of(fetch_hashes(partner, start, 800, "", app_for("partner_sync.fetch_hashes")))


def answer(app_for: AppFor, partner: str, *seeds: int, value: str = "Blocked") -> str:
    """Say `Blocked` of these values, and return the body of what comes back."""
    items = [{"hashValue": pdq(seed), "feedbackValue": value} for seed in seeds]
    request = SubmittedFeedback.model_validate({"count": len(items), "hashFeedbacks": items})
    told = submit_feedback(partner, request, app_for("partner_sync.submit_feedback"))
    return json.dumps(body_of(told))


def outcomes(body: str) -> list[str]:
    return [one["result"] for one in json.loads(body)["results"]]


def submit(app_for: AppFor, partner: str, seed: int) -> Any:
    """Submit a hash of the newer type, and return what comes back."""
    items = [{"signalType": NEWER, "hashValue": pdq(seed)}]
    request = SubmittedHashes.model_validate({"count": 1, "hashRecords": items})
    return body_of(submit_hashes(partner, request, app_for("partner_sync.submit_hashes")))


def types(page: Any) -> list[str]:
    return sorted({record["signalType"] for record in page["hashRecords"]})


def told(app_for: AppFor) -> dict[str, tuple[dict[str, int], int]]:
    """Return what a person reads of each company: states that are not empty, and the rest."""
    companies = body_of(case_status(credentials(), app_for("status.handler")))["companies"]
    return {
        one["id"]: ({name: n for name, n in one["states"].items() if n}, one["not_taken"])
        for one in companies
    }


def test_each_partner_is_sent_its_own_types(app_for: AppFor) -> None:
    report(app_for, ("ImagePDQ", 0), (NEWER, 1))

    assert types(fetched(app_for, OLD)) == ["ImagePDQ"]
    assert types(fetched(app_for, ASKED)) == ["ImagePDQ", NEWER]
    assert types(fetched(app_for, ONLY)) == [NEWER]


def test_who_takes_no_part_is_sent_nothing_and_the_sandbox_what_v1_knows(app_for: AppFor) -> None:
    report(app_for, ("ImagePDQ", 0), (NEWER, 1))

    assert types(fetched(app_for, "gone-platform")) == []
    assert signal_types_of(SANDBOX) == V1_TYPES


def test_a_checkpoint_moves_past_what_is_not_sent(app_for: AppFor, somewhere: World) -> None:
    somewhere.now += 5
    report(app_for, (NEWER, 1))

    page = fetched(app_for, OLD)
    assert (page["count"], page["hasMoreRecords"]) == (0, False)
    assert page["nextSetTimestamp"] == int(somewhere.now)


def test_a_withdrawal_is_told_to_those_who_were_told_of_the_hash(
    app_for: AppFor, somewhere: World
) -> None:
    report(app_for, ("ImagePDQ", 0), (NEWER, 1))
    checkpoint = fetched(app_for, ASKED)["nextSetTimestamp"]
    somewhere.now += 5
    withdraw(credentials(), app_for("withdraw.handler"))
    sequence(app_for(SEQUENCER))

    assert types(fetched(app_for, OLD, checkpoint)) == ["ImagePDQ"]
    assert types(fetched(app_for, ASKED, checkpoint)) == ["ImagePDQ", NEWER]
    assert told(app_for) == {
        OLD: ({"withdrawal_sent": 1}, 1),
        ASKED: ({"withdrawal_sent": 2}, 0),
        ONLY: ({"withdrawal_sent": 1}, 1),
    }


def test_a_person_reads_what_a_company_does_not_look_for(app_for: AppFor, somewhere: World) -> None:
    report(app_for, (NEWER, 0), (NEWER, 1))
    fetched(app_for, OLD, int(somewhere.now))
    fetched(app_for, ASKED, int(somewhere.now))

    assert told(app_for) == {
        OLD: ({}, 2),
        ASKED: ({"received": 2}, 0),
        ONLY: ({"not_asked": 2}, 0),
    }


def test_an_answer_by_value_reaches_the_hashes_of_every_type_that_is_taken(
    app_for: AppFor,
) -> None:
    report(app_for, ("ImagePDQ", 0), (NEWER, 0), (NEWER, 1))

    assert outcomes(answer(app_for, ASKED, 0, 1)) == ["stored", "stored"]
    assert told(app_for)[ASKED] == ({"removed": 3}, 0)


def test_an_answer_reaches_nothing_of_a_type_that_is_not_taken(
    app_for: AppFor, somewhere: World
) -> None:
    report(app_for, ("ImagePDQ", 0), (NEWER, 0), (NEWER, 1))
    assert outcomes(answer(app_for, OLD, 0, 1)) == ["stored", "ignored"]
    assert told(app_for)[OLD] == ({"removed": 1}, 2)

    before = somewhere.items("bank")
    answer(app_for, OLD, 1)
    assert somewhere.items("bank") == before


def test_a_value_under_a_type_that_is_not_taken_is_answered_like_one_that_nobody_registered(
    app_for: AppFor,
) -> None:
    report(app_for, (NEWER, 1))

    assert answer(app_for, OLD, 1) == answer(app_for, OLD, 99)


def test_a_partner_may_take_back_what_it_submitted_of_a_type_that_it_does_not_take(
    app_for: AppFor,
) -> None:
    submit(app_for, OLD, 1)
    bank = app_for("partner_sync.submit_feedback").store.bank
    signal = Signal(NEWER, pdq(1))
    assert outcomes(answer(app_for, OLD, 1)) == ["ignored"]
    assert bank.by_signal([signal])[signal].submitters == {OLD}
    for _ in range(2):
        assert outcomes(answer(app_for, OLD, 1, value="Withdrawn")) == ["stored"]

    item = bank.by_signal([signal])[signal]
    assert (item.version, item.status, item.feedback) == (2, Status.WITHDRAWN, {})
    assert outcomes(answer(app_for, "another", 1, value="Withdrawn")) == ["ignored"]


def test_a_partner_may_submit_what_it_does_not_take_and_learns_nothing_by_it(
    app_for: AppFor,
) -> None:
    report(app_for, (NEWER, 1))

    assert submit(app_for, OLD, 1) == submit(app_for, OLD, 99)
    sequence(app_for(SEQUENCER))
    assert fetched(app_for, OLD)["count"] == 0
    assert fetched(app_for, ONLY)["count"] == 2
