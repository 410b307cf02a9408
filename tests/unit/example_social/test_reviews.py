"""One click of a reviewer, and all that follows from it."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from partner_kit.example_social.pictures import read_picture
from tests.unit.example_social.bank_server import Bank
from tests.unit.example_social.conftest import Link
from tests.unit.example_social.photographs import as_file, photograph

JSON = {"Accept": "application/json"}
CHINA = as_file(photograph("china"))
COPY = as_file(photograph("china").resize((500, 334)), "JPEG", quality=70)


@pytest.fixture
def registered(bank: Bank, link: Link) -> str:
    pdq = read_picture(CHINA).pdq
    bank.say(pdq, 100)
    link.fetch()
    return pdq


def upload(browser: TestClient, data: bytes) -> dict[str, Any]:
    answer: dict[str, Any] = browser.post(
        "/upload", files={"picture": ("x", data)}, headers=JSON
    ).json()
    return answer


def judge(browser: TestClient, post: str, verdict: str) -> int:
    return browser.post(f"/review/{post}", data={"verdict": verdict}, headers=JSON).status_code


def in_review(browser: TestClient) -> int:
    count: int = browser.get("/api/status").json()["in_review"]
    return count


def test_blocked_is_told_and_copies_are_blocked_at_once(
    browser: TestClient, bank: Bank, link: Link, registered: str
) -> None:
    post = upload(browser, CHINA)["post"]
    judge(browser, post, "Blocked")

    assert upload(browser, COPY)["outcome"] == "blocked"
    assert in_review(browser) == 0
    link.send()
    assert bank.answers_on(registered) == ["PendingReview", "Blocked"]


def test_somebody_who_registers_a_judged_picture_later_is_answered_once(
    browser: TestClient, bank: Bank, link: Link, registered: str
) -> None:
    judge(browser, upload(browser, CHINA)["post"], "Blocked")
    link.send()
    bank.feedback.clear()
    for second in (101, 102):  # again when our own answer comes back in the feed
        bank.say(registered, second, cases=("case-1", "case-2"))
        link.fetch()

    link.send()

    assert bank.answers_on(registered) == ["Blocked"]


@pytest.mark.usefixtures("registered")
def test_of_a_blocked_post_no_picture_is_kept(browser: TestClient, link: Link) -> None:
    judge(browser, upload(browser, CHINA)["post"], "Blocked")
    upload(browser, COPY)

    assert list(link.platform.pictures.iterdir()) == []


def test_not_blocked_is_told_and_the_post_published(
    browser: TestClient, bank: Bank, link: Link, registered: str
) -> None:
    post = upload(browser, CHINA)["post"]
    judge(browser, post, "NotBlocked")

    assert browser.get(f"/pictures/{post}").status_code == 200
    link.send()
    assert bank.answers_on(registered) == ["PendingReview", "NotBlocked"]


@pytest.mark.usefixtures("registered")
def test_not_blocked_clears_this_picture_and_no_other(browser: TestClient) -> None:
    judge(browser, upload(browser, CHINA)["post"], "NotBlocked")
    assert read_picture(COPY).pdq != read_picture(CHINA).pdq

    assert upload(browser, CHINA)["outcome"] == "published"
    assert upload(browser, COPY)["outcome"] == "blocked"


def test_a_verdict_is_given_once(
    browser: TestClient, bank: Bank, link: Link, registered: str
) -> None:
    post = upload(browser, CHINA)["post"]

    assert judge(browser, post, "Blocked") == 200
    assert judge(browser, post, "NotBlocked") == 409
    link.send()
    assert bank.answers_on(registered) == ["PendingReview", "Blocked"]


def test_a_second_copy_in_review_cannot_take_back_what_was_blocked(
    browser: TestClient, bank: Bank, link: Link, registered: str
) -> None:
    first, second = upload(browser, CHINA)["post"], upload(browser, COPY)["post"]
    judge(browser, first, "Blocked")
    judge(browser, second, "NotBlocked")

    link.send()

    assert bank.answers_on(registered)[-1] == "Blocked"


def test_a_verdict_after_the_withdrawal_is_not_told(
    browser: TestClient, bank: Bank, link: Link, registered: str
) -> None:
    post = upload(browser, CHINA)["post"]
    bank.say(registered, 101, "Withdrawn")
    link.fetch()
    judge(browser, post, "Blocked")

    link.send()

    assert bank.answers_on(registered) == ["PendingReview", "Withdrawn"]


def test_a_hash_registered_again_is_reviewed_again(
    browser: TestClient, bank: Bank, link: Link, registered: str
) -> None:
    judge(browser, upload(browser, CHINA)["post"], "Blocked")
    bank.say(registered, 101, "Withdrawn")
    link.fetch()
    bank.say(registered, 102)
    link.fetch()

    assert upload(browser, CHINA)["outcome"] == "blocked"
    assert in_review(browser) == 1


@pytest.mark.usefixtures("registered")
def test_only_the_two_verdicts_are_understood(browser: TestClient) -> None:
    post = upload(browser, CHINA)["post"]

    assert judge(browser, post, "Withdrawn") == 422
    assert judge(browser, "no-such-post", "Blocked") == 409


@pytest.mark.usefixtures("registered")
def test_a_browser_comes_back_to_the_queue(browser: TestClient) -> None:
    post = upload(browser, CHINA)["post"]

    answer = browser.post(f"/review/{post}", data={"verdict": "Blocked"})

    assert (answer.status_code, answer.headers["location"]) == (303, "/review")
