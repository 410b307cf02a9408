"""Feedback leaves in order, in few requests, and one bad answer holds up no other."""

import pytest
from requests import HTTPError
from threatexchange.exchanges.clients.stopncii.api import StopNCIICSPFeedbackValue as Feedback

from partner_kit.example_social import outbox
from partner_kit.example_social.bank import Key
from partner_kit.example_social.outbox import BATCH, LONGEST_WAIT
from partner_kit.example_social.platform import Platform
from tests.unit.example_social.bank_server import Bank
from tests.unit.example_social.conftest import NOON, Link


def owe(platform: Platform, value: str, feedback: Feedback) -> None:
    with platform.database.writing() as db:
        outbox.owe(db, Key("ImagePDQ", value), feedback)


def batch(platform: Platform, now: int = NOON) -> list[str]:
    with platform.database.reading() as db:
        return [owed.key.value for owed in outbox.next_batch(db, now)]


def fail(platform: Platform, now: int) -> None:
    with platform.database.writing() as db:
        outbox.postpone(db, outbox.next_batch(db, now), now)


def test_answers_on_one_hash_go_one_after_the_other(platform: Platform) -> None:
    owe(platform, "a", Feedback.PendingReview)
    owe(platform, "a", Feedback.Blocked)
    owe(platform, "b", Feedback.PendingReview)

    assert batch(platform) == ["a", "b"]


def test_a_request_carries_a_limited_number(platform: Platform) -> None:
    for number in range(BATCH + 1):
        owe(platform, str(number), Feedback.Withdrawn)

    assert len(batch(platform)) == BATCH


def test_what_failed_once_travels_alone_and_last(platform: Platform) -> None:
    owe(platform, "a", Feedback.Blocked)
    owe(platform, "b", Feedback.Blocked)
    fail(platform, NOON)
    owe(platform, "c", Feedback.Blocked)

    assert batch(platform, NOON) == ["c"]
    assert batch(platform, NOON + LONGEST_WAIT) == ["c"]
    with platform.database.writing() as db:
        outbox.settle(db, outbox.next_batch(db, NOON))
    assert batch(platform, NOON + LONGEST_WAIT) == ["a"]


def test_attempts_become_rarer_up_to_a_limit(platform: Platform) -> None:
    owe(platform, "a", Feedback.Blocked)
    now, waits = NOON, []
    for _ in range(12):
        fail(platform, now)
        with platform.database.reading() as db:
            due = outbox.next_due(db)
        assert due is not None
        waits.append(due - now)
        now = due

    assert waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300]


@pytest.mark.parametrize("status", [400, 401, 422, 429, 503])
def test_nothing_is_lost_whatever_the_bank_answers(bank: Bank, link: Link, status: int) -> None:
    owe(link.platform, "a", Feedback.Blocked)
    bank.refuse["SubmitFeedback"] = status

    with pytest.raises(HTTPError):
        link.send()

    with link.platform.database.reading() as db:
        assert outbox.waiting(db) == 1
