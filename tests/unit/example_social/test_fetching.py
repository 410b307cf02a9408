"""Reading the feed: what ends up in our copy of the bank, whatever goes wrong on the way."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from requests import RequestException
from threatexchange.exchanges.clients.stopncii.api import StopNCIIAPI

from partner_kit.example_social import mirror
from partner_kit.example_social.fetching import STALE_AFTER, EndlessFeed
from partner_kit.example_social.mirror import CheckpointRewound
from partner_kit.example_social.platform import Platform, open_platform
from tests.unit.example_social.bank_server import Bank
from tests.unit.example_social.conftest import NOON, Link

A, B, C = "a" * 64, "b" * 64, "c" * 64


def live(platform: Platform) -> list[str]:
    with platform.database.reading() as db:
        return sorted(mirror.live_pdq(db))


def checkpoint(platform: Platform) -> int:
    with platform.database.reading() as db:
        return mirror.feed(db).checkpoint


def test_a_first_fetch_takes_in_everything(bank: Bank, link: Link) -> None:
    bank.say(A, 100)
    bank.say(B, 101)

    link.fetch()

    assert live(link.platform) == [A, B]
    assert checkpoint(link.platform) == 101
    assert len(link.platform.lookout.index) == 2


def test_a_withdrawn_hash_is_removed_and_confirmed_once(bank: Bank, link: Link) -> None:
    bank.say(A, 100)
    link.fetch()
    bank.say(A, 105, "Withdrawn")
    link.fetch()
    link.fetch()
    bank.say(A, 106, "Withdrawn")  # our own confirmation is a newer record of the same
    link.fetch()

    link.send()
    link.send()

    assert live(link.platform) == []
    assert len(link.platform.lookout.index) == 0
    assert bank.answers_on(A) == ["Withdrawn"]


def test_each_withdrawal_is_confirmed_while_others_stand_behind_the_hash(
    bank: Bank, link: Link
) -> None:
    bank.say(A, 100, cases=("one", "two"))
    link.fetch()
    bank.say(A, 101, cases=("two",), former=("one",))
    link.fetch()
    bank.say(A, 102, cases=("two",), former=("one",))  # our own confirmation comes back
    link.fetch()
    bank.say(A, 103, cases=("two",), former=("one", "between two reads"))
    link.fetch()
    link.send()

    assert live(link.platform) == [A]
    assert len(link.platform.lookout.index) == 1
    assert bank.answers_on(A) == ["Withdrawn", "Withdrawn"]


@pytest.mark.parametrize("status", ["Withdrawn", "Active"])
def test_a_withdrawal_is_confirmed_whatever_becomes_of_the_hash(
    bank: Bank, link: Link, status: str
) -> None:
    bank.say(A, 99)
    link.fetch()
    for value in (B, C):
        bank.say(value, 100, "Withdrawn", cases=(), former=("one",))
    link.fetch()
    cases = ("three",) if status == "Active" else ()
    bank.say(B, 101, status, cases=cases, former=("one",))
    bank.say(C, 101, status, cases=cases, former=("one", "two"))
    link.fetch()
    link.send()

    assert bank.answers_on(B) == ["Withdrawn"]
    assert bank.answers_on(C) == ["Withdrawn", "Withdrawn"]


def test_a_confirmation_is_retried_until_it_is_accepted(bank: Bank, link: Link) -> None:
    bank.say(A, 100)
    link.fetch()
    bank.say(A, 101, "Withdrawn")
    link.fetch()
    bank.refuse["SubmitFeedback"] = 503
    with pytest.raises(RequestException):
        link.send(NOON)
    bank.refuse.clear()
    link.send(NOON)  # not due yet: the bank is left in peace
    assert bank.feedback == []
    link.send(NOON + 1)

    assert bank.feedback == [(A, "Withdrawn")]


def test_a_hash_registered_again_before_the_confirmation_is_not_confirmed(
    bank: Bank, link: Link
) -> None:
    bank.say(A, 100)
    link.fetch()
    bank.say(A, 101, "Withdrawn")
    link.fetch()
    bank.say(A, 102)
    link.fetch()

    link.send()

    assert live(link.platform) == [A]
    assert bank.feedback == []


def test_other_kinds_of_hash_are_kept_and_confirmed_but_not_searched(
    bank: Bank, link: Link
) -> None:
    bank.say("d" * 32, 100, kind="VideoMD5")
    link.fetch()
    assert len(link.platform.lookout.index) == 0
    bank.say("d" * 32, 101, "Withdrawn", kind="VideoMD5")
    link.fetch()

    link.send()

    assert bank.feedback == [("d" * 32, "Withdrawn")]


@pytest.mark.parametrize("field", ["hashStatus", "caseNumbers", "lastModtimestamp", "hashValue"])
def test_a_record_with_a_missing_field_is_left_out_and_the_rest_taken(
    bank: Bank, link: Link, field: str
) -> None:
    bank.say(A, 100)
    bank.say(B, 100)
    bank.instead = bank.fetch(10)
    del bank.instead["hashRecords"][0][field]

    link.fetch()

    assert live(link.platform) == [B]
    assert checkpoint(link.platform) == 100


def test_a_page_and_its_checkpoint_are_stored_together_or_not_at_all(
    bank: Bank, link: Link
) -> None:
    bank.say(A, 100)
    page = link.api.fetch_hashes()

    with contextlib.suppress(_Death), link.platform.database.writing() as db:
        mirror.apply_page(db, page)
        raise _Death

    assert live(link.platform) == []
    assert checkpoint(link.platform) == mirror.START


class _Death(BaseException):
    """Stands for whatever ends the process in the middle."""


def test_an_interrupted_fetch_keeps_its_pages_and_resumes(bank: Bank, link: Link) -> None:
    bank.page_size = 1
    for second, value in enumerate((A, B, C), start=100):
        bank.say(value, second)
    bank.pages_left = 2
    with pytest.raises(RequestException):
        link.fetch()
    assert (live(link.platform), checkpoint(link.platform)) == ([A, B], 101)
    bank.pages_left = None

    link.fetch()

    assert live(link.platform) == [A, B, C]


CHANGES = st.lists(st.tuples(st.sampled_from([A, B, C]), st.booleans()), max_size=12)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    rounds=st.lists(st.tuples(CHANGES, st.integers(0, 4)), max_size=4), page_size=st.integers(1, 3)
)
def test_whatever_interrupts_it_the_copy_ends_equal_to_the_bank(
    tmp_path_factory: pytest.TempPathFactory,
    bank: Bank,
    api: StopNCIIAPI,
    rounds: list[tuple[list[tuple[str, bool]], int]],
    page_size: int,
) -> None:
    bank.records, bank.page_size, second = {}, page_size, 100
    link = Link(open_platform(tmp_path_factory.mktemp("state")), api)
    for changes, pages in rounds:
        for value, withdrawn in changes:
            second += 1
            bank.say(value, second, "Withdrawn" if withdrawn else "Active")
        bank.pages_left = pages
        _fetch_as_far_as_it_goes(link)
    bank.pages_left = None

    link.fetch()

    active = [value for (_, value), one in bank.records.items() if one["hashStatus"] == "Active"]
    assert live(link.platform) == sorted(active)
    assert len(link.platform.lookout.index) == len(active)


def _fetch_as_far_as_it_goes(link: Link) -> None:
    try:
        link.fetch()
    except RequestException:
        link.platform.lookout.refresh()


def test_after_a_long_absence_the_feed_is_read_whole(bank: Bank, link: Link) -> None:
    bank.say(A, 100)
    bank.say(B, 200)
    link.fetch(NOON)
    bank.records.pop(("ImagePDQ", A))  # withdrawn so long ago that no trace is left

    link.fetch(NOON + STALE_AFTER)
    assert live(link.platform) == [A, B]
    link.fetch(NOON + 2 * STALE_AFTER + 1)
    link.send()

    assert live(link.platform) == [B]
    assert len(link.platform.lookout.index) == 1
    assert bank.feedback == [(A, "Withdrawn")]


def test_a_whole_read_keeps_a_hash_of_which_only_an_older_record_is_left(
    bank: Bank, link: Link
) -> None:
    bank.say(A, 200)
    link.fetch(NOON)
    bank.say(A, 100)  # the bank was restored from a copy

    link.fetch(NOON + STALE_AFTER + 1)

    assert live(link.platform) == [A]


def test_an_interrupted_whole_read_forgets_nothing_before_its_end(bank: Bank, link: Link) -> None:
    bank.page_size = 1
    for second, value in enumerate((A, B, C), start=100):
        bank.say(value, second)
    link.fetch(NOON)
    later = NOON + STALE_AFTER + 1
    bank.pages_left = 1
    with pytest.raises(RequestException):
        link.fetch(later)
    assert live(link.platform) == [A, B, C]
    bank.pages_left = None

    link.fetch(later)

    assert live(link.platform) == [A, B, C]
    assert bank.feedback == []


def test_a_feed_that_goes_backwards_is_refused(bank: Bank, link: Link) -> None:
    bank.say(A, 100)
    link.fetch()
    bank.instead = bank.fetch(100) | {"nextSetTimestamp": 99}

    with pytest.raises(CheckpointRewound):
        link.fetch()

    assert checkpoint(link.platform) == 100


def test_a_feed_that_says_more_but_not_where_is_not_followed(bank: Bank, link: Link) -> None:
    bank.instead = bank.fetch(10) | {"hasMoreRecords": True, "nextPageToken": None}

    with pytest.raises(EndlessFeed):
        link.fetch()
