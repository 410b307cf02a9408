"""POST /v1/SubmitHashes."""

from typing import Any

import pytest

from functions.create_case.handler import create_case
from functions.partner_sync.submit_hashes import SubmittedHashes, submit_hashes
from functions.shared.bank import BankHash, FeedbackValue, Status
from functions.shared.errors import InvalidRequest
from functions.shared.store.bank import HASHES_A_TRANSACTION
from functions.withdraw.handler import withdraw
from tests.hashes import signal
from tests.people import credentials, new_case, pdq
from tests.world import START, AppFor, World, body_of

SUBMIT = "partner_sync.submit_hashes"
PARTNER = "example-social"


def found(seed: int = 0, *said: dict[str, Any], **fields: Any) -> dict[str, Any]:
    return {
        "lastModtimestamp": 1,
        "signalType": "StopNCIISignalType.ImagePDQ",
        "hashValue": pdq(seed),
        "CSPFeedbacks": list(said),
        **fields,
    }


def send(app_for: AppFor, *items: dict[str, Any], partner: str = PARTNER) -> list[Any]:
    """Send hashes and return what became of each."""
    request = SubmittedHashes.model_validate({"count": len(items), "hashRecords": list(items)})
    told = body_of(submit_hashes(partner, request, app_for(SUBMIT)))
    assert told["count"] == len(items)
    assert [result["index"] for result in told["results"]] == list(range(len(items)))
    for result in told["results"]:
        assert bool(result.get("reason")) == (result["result"] == "invalid")
    return [result["result"] for result in told["results"]]


def stored(app_for: AppFor, seed: int = 0) -> BankHash:
    return app_for(SUBMIT).store.bank.by_signal([signal(seed)])[signal(seed)]


@pytest.mark.parametrize("name", ["ImagePDQ", "StopNCIISignalType.ImagePDQ"])
def test_both_spellings_of_a_type_are_understood(app_for: AppFor, name: str) -> None:
    assert send(app_for, found(signalType=name)) == ["stored"]
    assert stored(app_for).signal == signal(0)


def test_a_submitted_hash_is_the_partners_own(app_for: AppFor) -> None:
    send(app_for, found(0, source="somebody-else"))

    item = stored(app_for)
    assert item.submitters == {PARTNER}
    assert not item.links
    assert not item.feedback
    assert (item.status, item.version, item.changed_at) == (Status.ACTIVE, 1, START)


def test_what_the_partner_says_about_its_hash_is_kept_under_its_name(app_for: AppFor) -> None:
    said = {"feedbackValue": "NotBlocked", "tags": ["b", "a"], "source": "somebody-else"}
    send(app_for, found(0, said))

    [(source, answer)] = stored(app_for).feedback.items()
    assert (source, answer.value, answer.tags) == (
        PARTNER,
        FeedbackValue.NOT_BLOCKED,
        ("a", "b"),
    )


def test_an_answer_without_a_value_is_not_made_up(app_for: AppFor) -> None:
    assert send(app_for, found(0, {"tags": []})) == ["invalid"]
    assert app_for(SUBMIT).store.bank.by_signal([signal(0)]) == {}


@pytest.mark.parametrize(
    "item",
    [
        found(signalType="StopNCIISignalType.VideoTMK"),
        found(signalType="StopNCIISignalType.StopNCIISignalType.ImagePDQ"),
        found(signalType=""),
        found(hashValue=pdq(0)[1:]),
        found(hashValue="d41d8cd98f00b204e9800998ecf8427e"),
        found(hashValue=""),
        found(hashValue="f" * 64),
        found(hashValue="0" * 64),
        found(0, {"feedbackValue": "Removed"}),
        found(0, {"feedbackValue": "Blocked", "tags": ["\0"]}),
    ],
    ids=range(10),
)
def test_an_invalid_item_is_refused_alone_with_its_reason(
    app_for: AppFor, somewhere: World, item: dict[str, Any]
) -> None:
    assert send(app_for, item, found(1)) == ["invalid", "stored"]
    assert {one["value"]["S"] for one in somewhere.items("bank") if "value" in one} == {pdq(1)}


def test_white_space_and_capitals_do_not_matter(app_for: AppFor) -> None:
    assert send(app_for, found(hashValue=f" {pdq(0).upper()}\n")) == ["stored"]
    assert stored(app_for).signal == signal(0)


def test_the_same_hash_again_changes_nothing(app_for: AppFor, somewhere: World) -> None:
    said = {"feedbackValue": "Blocked", "tags": ["a"]}
    send(app_for, found(0), found(1, said))
    before = somewhere.items("bank")

    assert send(app_for, found(0), found(1, said), found(1, said)) == ["stored"] * 3
    assert somewhere.items("bank") == before


def test_a_hash_that_is_listed_twice_keeps_what_was_said_of_it(app_for: AppFor) -> None:
    blocked = {"feedbackValue": "Blocked", "tags": ["a"]}
    again = found(hashValue=pdq(0).upper())
    assert send(app_for, found(0, blocked), again) == ["stored", "stored"]

    item = stored(app_for)
    assert (item.version, item.submitters) == (1, frozenset({PARTNER}))
    assert item.feedback[PARTNER].value is FeedbackValue.BLOCKED


def test_of_a_hash_that_is_listed_twice_both_answers_are_kept(app_for: AppFor) -> None:
    answers = [{"feedbackValue": value} for value in ("NotBlocked", "Deleted")]
    assert send(app_for, *(found(0, answer) for answer in answers)) == ["stored", "stored"]

    item = stored(app_for)
    answer = item.feedback[PARTNER]
    assert answer.verdict
    assert answer.verdict.value is FeedbackValue.NOT_BLOCKED
    assert (answer.value, answer.confirmed, item.version) == (FeedbackValue.DELETED, 1, 1)


def test_a_hash_that_somebody_reported_is_answered_like_a_new_one(app_for: AppFor) -> None:
    create_case(new_case(1), app_for("create_case.handler"))

    assert send(app_for, found(0)) == send(app_for, found(1)) == ["stored"]
    assert stored(app_for).submitters == {PARTNER}
    assert len(stored(app_for).links) == 1


def test_two_partners_vouch_side_by_side(app_for: AppFor) -> None:
    send(app_for, found(0))
    send(app_for, found(0), partner="another")

    assert stored(app_for).submitters == {PARTNER, "another"}
    assert stored(app_for).version == 2


def test_a_withdrawn_case_leaves_a_hash_that_a_partner_vouches_for(app_for: AppFor) -> None:
    create_case(new_case(1), app_for("create_case.handler"))
    send(app_for, found(0))
    withdraw(credentials(), app_for("withdraw.handler"))

    assert stored(app_for).status is Status.ACTIVE


def test_a_list_of_another_length_than_it_says_is_refused_whole(
    app_for: AppFor, somewhere: World
) -> None:
    request = SubmittedHashes.model_validate({"count": 3, "hashRecords": [found(0)]})
    with pytest.raises(InvalidRequest) as refused:
        submit_hashes(PARTNER, request, app_for(SUBMIT))

    assert refused.value.field == "count"
    assert somewhere.items("bank") == []


def test_more_hashes_than_one_transaction_takes_are_all_stored_each_with_its_outbox_row(
    app_for: AppFor, somewhere: World
) -> None:
    count = HASHES_A_TRANSACTION + 2
    assert send(app_for, *(found(seed) for seed in range(count))) == ["stored"] * count

    kinds = [item["pk"]["S"].partition("#")[0] for item in somewhere.items("bank")]
    assert kinds.count("hash") == kinds.count("outbox") == kinds.count("signal") == count
