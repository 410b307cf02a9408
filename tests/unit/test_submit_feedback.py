"""POST /v1/SubmitFeedback."""

from typing import Any

import pytest

from functions.create_case.handler import create_case
from functions.partner_sync.submit_feedback import SubmittedFeedback, submit_feedback
from functions.partner_sync.submit_hashes import SubmittedHashes, submit_hashes
from functions.shared.bank import BankHash, FeedbackValue, Status
from functions.shared.errors import InvalidRequest
from functions.shared.store.bank import HASHES_A_TRANSACTION
from tests.hashes import signal
from tests.people import OTHER_NUMBER, new_case, pdq
from tests.register import OTHERS
from tests.world import AppFor, World, body_of

FEEDBACK = "partner_sync.submit_feedback"
PARTNER = "example-social"


def said(seed: int = 0, value: str = "Blocked", *tags: str) -> dict[str, Any]:
    return {"hashValue": pdq(seed), "feedbackValue": value, "tags": list(tags)}


def send(app_for: AppFor, *items: dict[str, Any], partner: str = PARTNER) -> list[Any]:
    """Send answers and return what became of each."""
    request = SubmittedFeedback.model_validate({"count": len(items), "hashFeedbacks": list(items)})
    told = body_of(submit_feedback(partner, request, app_for(FEEDBACK)))
    assert told["count"] == len(items)
    assert [result["index"] for result in told["results"]] == list(range(len(items)))
    return [result["result"] for result in told["results"]]


def stored(app_for: AppFor, seed: int = 0) -> BankHash:
    return app_for(FEEDBACK).store.bank.by_signal([signal(seed)])[signal(seed)]


@pytest.fixture(autouse=True)
def _some_pictures_are_in_the_bank(app_for: AppFor) -> None:
    create_case(new_case(2), app_for("create_case.handler"))


@pytest.mark.parametrize("value", FeedbackValue)
def test_every_value_of_v1_is_stored(app_for: AppFor, value: FeedbackValue) -> None:
    assert send(app_for, said(0, value.value)) == ["stored"]
    assert stored(app_for).feedback[PARTNER].value is value


def test_letting_go_takes_a_submission_back_once_whatever_was_said_before(app_for: AppFor) -> None:
    send(app_for, said(0, "Withdrawn"))
    given = {"signalType": "ImagePDQ", "hashValue": pdq(0)}
    hashes = SubmittedHashes.model_validate({"count": 1, "hashRecords": [given]})
    submit_hashes(PARTNER, hashes, app_for("partner_sync.submit_hashes"))
    assert stored(app_for).submitters == {PARTNER}
    versions = []
    for _ in range(2):
        assert send(app_for, said(0, "Withdrawn")) == ["stored"]
        versions.append(stored(app_for).version)

    item = stored(app_for)
    assert (item.submitters, item.status) == (frozenset(), Status.ACTIVE)
    assert versions == [4, 4]


def test_one_partner_takes_nothing_back_that_another_submitted(app_for: AppFor) -> None:
    given = {"signalType": "ImagePDQ", "hashValue": pdq(0)}
    hashes = SubmittedHashes.model_validate({"count": 1, "hashRecords": [given]})
    submit_hashes("another", hashes, app_for("partner_sync.submit_hashes"))
    send(app_for, said(0, "Withdrawn"))

    assert stored(app_for).submitters == {"another"}


@pytest.mark.parametrize("value", ["", "blocked", "Removed", "none", "x" * 64, "\0"])
def test_an_unknown_value_is_refused_alone(app_for: AppFor, value: str) -> None:
    assert send(app_for, said(0, value), said(1)) == ["invalid", "stored"]
    assert stored(app_for, 0).feedback == {}


@pytest.mark.parametrize(
    "tags", [["x" * 10_000], ["x" * 129], ["a\nb"], ["\0"], ["\u202e"], ["\ud800"], ["t"] * 33]
)
def test_tags_that_are_too_much_are_refused_alone(app_for: AppFor, tags: list[str]) -> None:
    assert send(app_for, said(0, "Blocked", *tags), said(1)) == ["invalid", "stored"]


@pytest.mark.parametrize("value", [pdq(99), "not a hash", "", "\uff10" * 64, pdq(0)[1:]])
def test_an_answer_about_an_unknown_hash_is_ignored(app_for: AppFor, value: str) -> None:
    assert send(app_for, said(1) | {"hashValue": value}, said(0)) == ["ignored", "stored"]


@pytest.mark.parametrize("space", ["\n", "\r\n", " ", "\t"])
def test_white_space_around_a_hash_does_not_matter(app_for: AppFor, space: str) -> None:
    assert send(app_for, said() | {"hashValue": space + pdq(0).upper() + space}) == ["stored"]


def test_the_same_answer_again_changes_nothing(app_for: AppFor, somewhere: World) -> None:
    send(app_for, said(0, "Blocked", "b", "a"))
    before = somewhere.items("bank")

    assert send(app_for, said(0, "Blocked", "a", "b", "a")) == ["stored"]
    assert somewhere.items("bank") == before


def test_another_answer_is_one_more_version_with_one_more_outbox_row(
    app_for: AppFor, somewhere: World
) -> None:
    for value in ("PendingReview", "Blocked", "NotBlocked"):
        send(app_for, said(0, value))

    assert stored(app_for).version == 4
    rows = [item["version"]["N"] for item in somewhere.items("bank") if _row_of(item, app_for)]
    assert sorted(rows) == ["1", "2", "3", "4"]


def test_tags_are_kept_sorted_and_once(app_for: AppFor) -> None:
    send(app_for, said(0, "Blocked", "news", "dup", "news"))

    assert stored(app_for).feedback[PARTNER].tags == ("dup", "news")


def test_the_last_of_two_answers_in_one_list_counts(app_for: AppFor) -> None:
    assert send(app_for, said(0, "Blocked"), said(0, "NotBlocked")) == ["stored", "stored"]

    assert stored(app_for).feedback[PARTNER].value is FeedbackValue.NOT_BLOCKED
    assert stored(app_for).version == 2


def test_of_a_verdict_and_a_confirmation_in_one_list_both_are_kept(app_for: AppFor) -> None:
    upper = said(0, "Withdrawn") | {"hashValue": pdq(0).upper()}
    assert send(app_for, said(0, "Blocked", "a"), upper) == ["stored", "stored"]

    item = stored(app_for)
    answer = item.feedback[PARTNER]
    assert (answer.value, answer.tags) == (FeedbackValue.WITHDRAWN, ())
    assert answer.verdict
    assert answer.verdict.value is FeedbackValue.BLOCKED
    assert answer.version == answer.verdict.version == answer.confirmed == item.version == 2


def test_a_list_with_two_answers_about_one_hash_changes_nothing_when_it_comes_again(
    app_for: AppFor, somewhere: World
) -> None:
    twice = said(0, "Blocked", "a"), said(0, "Withdrawn")
    send(app_for, *twice)
    before = somewhere.items("bank")
    send(app_for, *twice)
    assert somewhere.items("bank") == before

    create_case(new_case(1, number=OTHER_NUMBER), app_for("create_case.handler"))
    send(app_for, *twice)
    answer = stored(app_for).feedback[PARTNER]
    assert answer.verdict
    assert answer.version == answer.verdict.version == answer.confirmed == 4


@pytest.mark.usefixtures("others")
def test_an_objection_before_a_confirmation_in_one_list_counts_in_a_dispute(
    app_for: AppFor,
) -> None:
    for partner in OTHERS:
        send(app_for, said(0, "NotBlocked"), said(0, "Withdrawn"), partner=partner)

    assert stored(app_for).disputed


def test_a_thousand_answers_about_one_hash_are_one_version_of_it(app_for: AppFor) -> None:
    values = ["Blocked", "PendingReview", "Deleted", "None"] * 250
    assert send(app_for, *(said(0, value) for value in values)) == ["stored"] * 1_000

    item = stored(app_for)
    assert item.version == 2
    assert item.feedback[PARTNER].value is FeedbackValue.NONE
    assert item.feedback[PARTNER].confirmed == 2


@pytest.mark.usefixtures("others")
def test_partners_answer_side_by_side(app_for: AppFor) -> None:
    send(app_for, said(0, "Blocked"))
    send(app_for, said(0, "NotBlocked"), partner="another")

    assert {name: one.value for name, one in stored(app_for).feedback.items()} == {
        PARTNER: FeedbackValue.BLOCKED,
        "another": FeedbackValue.NOT_BLOCKED,
    }


def test_the_same_answer_counts_anew_once_another_case_stands_behind_the_hash(
    app_for: AppFor,
) -> None:
    send(app_for, said(0))
    create_case(new_case(1, number=OTHER_NUMBER), app_for("create_case.handler"))
    send(app_for, said(0))

    assert stored(app_for).version == 4


def test_feedback_changes_no_status(app_for: AppFor) -> None:
    before = stored(app_for)
    for value in FeedbackValue:
        send(app_for, said(0, value.value))

    assert stored(app_for).status is before.status
    assert stored(app_for).links == before.links


def test_a_list_of_another_length_than_it_says_is_refused_whole(app_for: AppFor) -> None:
    request = SubmittedFeedback.model_validate({"count": 2, "hashFeedbacks": [said(0)]})
    with pytest.raises(InvalidRequest) as refused:
        submit_feedback(PARTNER, request, app_for(FEEDBACK))

    assert refused.value.field == "count"
    assert stored(app_for).feedback == {}


def test_an_empty_list_is_fine(app_for: AppFor) -> None:
    assert send(app_for) == []


def test_more_answers_than_one_transaction_takes_are_all_stored(app_for: AppFor) -> None:
    count = HASHES_A_TRANSACTION + 3
    create_case(new_case(count, first=10, number=OTHER_NUMBER), app_for("create_case.handler"))

    told = send(app_for, *(said(seed) for seed in range(10, 10 + count)))
    assert told == ["stored"] * count
    assert all(stored(app_for, seed).feedback for seed in range(10, 10 + count))


def _row_of(item: dict[str, Any], app_for: AppFor) -> bool:
    row = "hash_id" in item and item["pk"]["S"].startswith("outbox#")
    return row and bool(item["hash_id"]["S"] == stored(app_for).id)
