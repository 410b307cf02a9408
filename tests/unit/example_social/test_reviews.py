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


@pytest.fixture
def joined(browser: TestClient, bank: Bank, link: Link, registered: str) -> str:
    """Somebody else registers a picture that was judged before."""
    judge(browser, upload(browser, CHINA)["post"], "Blocked")
    link.send()
    bank.feedback.clear()
    bank.say(registered, 101, cases=("case-1", "case-2"))
    link.fetch()
    return registered


def test_somebody_new_is_not_told_what_was_found_before_them(
    bank: Bank, link: Link, joined: str
) -> None:
    link.send()

    assert bank.answers_on(joined) == []


def test_somebody_new_is_told_of_the_next_copy_and_the_bank_once(
    browser: TestClient, bank: Bank, link: Link, joined: str
) -> None:
    for second in (102, 103):  # our own answer comes back in the feed
        assert upload(browser, COPY)["outcome"] == "blocked"
        assert upload(browser, CHINA)["outcome"] == "blocked"
        bank.say(joined, second, cases=("case-1", "case-2"))
        link.fetch()

    link.send()

    assert bank.answers_on(joined) == ["Blocked"]


def test_a_picture_that_was_let_through_is_no_match_to_tell_of(
    browser: TestClient, bank: Bank, link: Link, registered: str
) -> None:
    judge(browser, upload(browser, CHINA)["post"], "NotBlocked")
    judge(browser, upload(browser, COPY)["post"], "Blocked")
    bank.say(registered, 101, cases=("case-1", "case-2"))
    link.fetch()
    link.send()
    bank.feedback.clear()

    assert upload(browser, CHINA)["outcome"] == "published"
    link.send()
    assert bank.feedback == []


def test_somebody_new_is_told_of_a_copy_that_needed_a_second_review(
    browser: TestClient, bank: Bank, link: Link, joined: str
) -> None:
    nearby = f"{int(joined, 16) ^ 1:064x}"
    bank.say(nearby, 102)
    link.fetch()
    post = upload(browser, CHINA)["post"]
    judge(browser, post, "Blocked")

    link.send()

    assert bank.answers_on(joined) == ["Blocked"]
    assert bank.answers_on(nearby) == ["PendingReview", "Blocked"]


def test_the_withdrawal_of_one_of_several_is_confirmed_and_the_verdict_stays(
    browser: TestClient, bank: Bank, link: Link, joined: str
) -> None:
    bank.say(joined, 102, cases=("case-2",), former=("case-1",))
    link.fetch()
    link.send()
    assert bank.answers_on(joined) == ["Withdrawn"]

    assert upload(browser, COPY)["outcome"] == "blocked"
    assert in_review(browser) == 0


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
    bank.say(registered, 101, "Withdrawn", cases=())  # a bank may name nobody
    link.fetch()
    bank.say(registered, 102, cases=())
    link.fetch()
    link.send()
    bank.feedback.clear()

    post = upload(browser, CHINA)["post"]
    assert in_review(browser) == 1
    judge(browser, post, "Blocked")
    link.send()
    assert bank.answers_on(registered) == ["PendingReview", "Blocked"]


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
