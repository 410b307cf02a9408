"""One case all the way round, handler by handler, each with its own rights only."""

import json
from typing import Any

import boto3
import pytest

from functions.create_case.handler import create_case
from functions.partner_sync.deliver import begin, deliver
from functions.partner_sync.fetch_hashes import fetch_hashes
from functions.partner_sync.sequence import sequence
from functions.partner_sync.submit_feedback import SubmittedFeedback, submit_feedback
from functions.shared.errors import UnknownCase
from functions.shared.events import events
from functions.status.handler import case_status
from functions.withdraw.handler import withdraw
from infrastructure.routes import DELIVERER, SEQUENCER
from tests.people import OTHER_NUMBER, credentials, new_case, pdq
from tests.world import AppFor, World, body_of

PARTNER = "example-social"


def fetch(app_for: AppFor, start: int = 10, partner: str = PARTNER) -> Any:
    app = app_for("partner_sync.fetch_hashes")
    return body_of(fetch_hashes(partner, start, 800, "", app))


def answer(app_for: AppFor, value: str, hash_value: str, partner: str = PARTNER) -> str:
    request = SubmittedFeedback.model_validate(
        {"count": 1, "hashFeedbacks": [{"hashValue": hash_value, "feedbackValue": value}]}
    )
    given = submit_feedback(partner, request, app_for("partner_sync.submit_feedback"))
    return str(body_of(given)["results"][0]["result"])


def states(app_for: AppFor) -> dict[str, int]:
    told = body_of(case_status(credentials(), app_for("status.handler")))
    [company] = told["companies"]
    return {state: count for state, count in company["states"].items() if count}


def test_a_case_goes_all_the_way_round(app_for: AppFor, somewhere: World) -> None:
    create_case(new_case(2), app_for("create_case.handler"))
    assert states(app_for) == {"not_asked": 2}
    assert fetch(app_for)["count"] == 0

    assert sequence(app_for(SEQUENCER)) == 2
    page = fetch(app_for)
    assert {record["hashValue"] for record in page["hashRecords"]} == {pdq(0), pdq(1)}
    assert {record["hashStatus"] for record in page["hashRecords"]} == {"Active"}
    assert states(app_for) == {"not_asked": 2}, "it has not come back yet"

    somewhere.now += 60
    fetch(app_for, page["nextSetTimestamp"])
    assert states(app_for) == {"received": 2}

    assert answer(app_for, "PendingReview", pdq(0)) == "stored"
    assert states(app_for) == {"received": 1, "checking": 1}
    answer(app_for, "Blocked", pdq(0))
    answer(app_for, "NotBlocked", pdq(1) + "\n")
    assert states(app_for) == {"removed": 1, "not_removed": 1}

    withdraw(credentials(), app_for("withdraw.handler"))
    assert states(app_for) == {"withdrawal_sent": 2}
    sequence(app_for(SEQUENCER))
    later = fetch(app_for, page["nextSetTimestamp"])
    assert {record["hashStatus"] for record in later["hashRecords"]} == {"Withdrawn"}
    assert fetch(app_for)["count"] == 0, "a full fetch carries no withdrawn record"

    answer(app_for, "Withdrawn", pdq(0))
    assert states(app_for) == {"withdrawal_sent": 1, "withdrawal_confirmed": 1}


def test_one_person_never_sees_answers_older_than_their_own_link(app_for: AppFor) -> None:
    create_case(new_case(number=OTHER_NUMBER), app_for("create_case.handler"))
    answer(app_for, "Blocked", pdq(0))
    create_case(new_case(), app_for("create_case.handler"))

    assert states(app_for) == {"not_asked": 1}
    answer(app_for, "Blocked", pdq(0))
    assert states(app_for) == {"removed": 1}


def test_a_hash_stays_active_while_another_case_stands_behind_it(app_for: AppFor) -> None:
    create_case(new_case(), app_for("create_case.handler"))
    create_case(new_case(number=OTHER_NUMBER), app_for("create_case.handler"))
    withdraw(credentials(), app_for("withdraw.handler"))
    sequence(app_for(SEQUENCER))

    [record] = fetch(app_for)["hashRecords"]
    assert record["hashStatus"] == "Active"
    assert sorted(record["caseNumbers"].values()) == ["Active", "Withdrawn"]


@pytest.mark.usefixtures("others")
def test_partners_cannot_put_a_persons_pictures_together(app_for: AppFor) -> None:
    create_case(new_case(2), app_for("create_case.handler"))
    sequence(app_for(SEQUENCER))

    ids = [
        case_id
        for partner in (PARTNER, "another")
        for record in fetch(app_for, partner=partner)["hashRecords"]
        for case_id in record["caseNumbers"]
    ]
    assert len(set(ids)) == 4


def test_the_partners_queue_is_told_what_changed_and_nothing_more(app_for: AppFor) -> None:
    inbox = boto3.client("sqs").create_queue(QueueName="example-social-inbox")["QueueUrl"]
    create_case(new_case(), app_for("create_case.handler"))
    log = app_for(SEQUENCER).store.log
    sequence(app_for(SEQUENCER))
    [(hash_id, version)] = log.tail().changes
    [told] = events(log.tail(), log.hashes([hash_id]))

    deliver(told.body, begin(app_for(DELIVERER)))

    [message] = boto3.client("sqs").receive_message(QueueUrl=inbox)["Messages"]
    assert json.loads(message["Body"]) == {
        "type": "bank.changed",
        "id": "msg_000000000001_ImagePDQ",
        "signalType": "ImagePDQ",
        "cursor": 1_800_000_000,
        "changes": [{"hashId": hash_id, "version": version}],
    }


def test_a_wrong_pin_and_an_unknown_number_get_the_same_error(app_for: AppFor) -> None:
    create_case(new_case(), app_for("create_case.handler"))
    with pytest.raises(UnknownCase):
        case_status(credentials(pin="00000000"), app_for("status.handler"))
    with pytest.raises(UnknownCase):
        case_status(credentials(number=OTHER_NUMBER), app_for("status.handler"))


def test_withdrawing_looks_the_same_whether_or_not_somebody_else_reported_the_picture(
    app_for: AppFor,
) -> None:
    create_case(new_case(1, number=OTHER_NUMBER), app_for("create_case.handler"))
    create_case(new_case(2), app_for("create_case.handler"))
    withdraw(credentials(), app_for("withdraw.handler"))

    for shared_or_not in (pdq(0), pdq(1)):
        before = states(app_for)
        answer(app_for, "Withdrawn", shared_or_not)
        after = states(app_for)
        assert after.get("withdrawal_confirmed", 0) == before.get("withdrawal_confirmed", 0) + 1


def test_a_confirmed_withdrawal_leaves_what_was_done_for_somebody_else(app_for: AppFor) -> None:
    create_case(new_case(number=OTHER_NUMBER), app_for("create_case.handler"))
    create_case(new_case(), app_for("create_case.handler"))
    answer(app_for, "Blocked", pdq(0))
    withdraw(credentials(OTHER_NUMBER), app_for("withdraw.handler"))
    answer(app_for, "Withdrawn", pdq(0))
    sequence(app_for(SEQUENCER))

    assert states(app_for) == {"removed": 1}
    [record] = fetch(app_for)["hashRecords"]
    assert [said["feedbackValue"] for said in record["CSPFeedbacks"]] == ["Blocked"]
    withdraw(credentials(), app_for("withdraw.handler"))
    assert states(app_for) == {"withdrawal_sent": 1}, "the other case's confirmation is not ours"
