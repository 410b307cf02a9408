"""GET /v1/FetchHashes, over the real store."""

import json
from typing import Any

import pytest

from functions.create_case.handler import create_case
from functions.partner_sync import fetch_hashes as fetching
from functions.partner_sync import sequence as sequencing
from functions.partner_sync.fetch_hashes import fetch_hashes
from functions.partner_sync.sequence import sequence
from functions.shared.errors import BadParameter
from functions.shared.page_tokens import VALID_FOR
from functions.withdraw.handler import withdraw
from infrastructure.routes import SEQUENCER
from tests.people import OTHER_NUMBER, credentials, new_case, pdq
from tests.unit.test_restore import back_up, bring_back
from tests.world import START, AppFor, World, body_of

FETCH = "partner_sync.fetch_hashes"
CREATE = "create_case.handler"
PARTNER = "example-social"


@pytest.fixture(autouse=True)
def _small_segments(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sequencing, "MOST_PER_SEGMENT", 3)


def fetch(
    app_for: AppFor, start: int = 10, size: int = 800, token: str = "", partner: str = PARTNER
) -> Any:
    return body_of(fetch_hashes(partner, start, size, token, app_for(FETCH)))


def follow(app_for: AppFor, start: int, size: int) -> list[Any]:
    """Return a run's pages, as the published client reads them."""
    pages = [fetch(app_for, start, size)]
    while pages[-1]["hasMoreRecords"]:
        pages.append(fetch(app_for, start, size, pages[-1]["nextPageToken"]))
    return pages


def publish(app_for: AppFor, count: int, **kwargs: Any) -> None:
    create_case(new_case(count, **kwargs), app_for(CREATE))
    sequence(app_for(SEQUENCER))


@pytest.mark.parametrize("size", [1, 3, 4, 8, 100])
def test_a_run_of_pages_of_any_size_reads_everything_once(app_for: AppFor, size: int) -> None:
    publish(app_for, 8)
    pages = follow(app_for, 10, size)

    assert [page["count"] for page in pages] == [len(page["hashRecords"]) for page in pages]
    values = [record["hashValue"] for page in pages for record in page["hashRecords"]]
    assert sorted(values) == sorted(pdq(seed) for seed in range(8))
    assert pages[-1]["nextPageToken"] is None
    assert pages[-1]["nextSetTimestamp"] == START
    marks = [page["nextSetTimestamp"] for page in pages]
    assert marks == sorted(marks)


def test_a_page_may_be_asked_for_again(app_for: AppFor) -> None:
    publish(app_for, 5)
    token = fetch(app_for, size=2)["nextPageToken"]

    assert (
        fetch(app_for, size=2, token=token)["hashRecords"]
        == fetch(app_for, size=2, token=token)["hashRecords"]
    )


def test_what_comes_during_a_run_is_for_the_next_one(app_for: AppFor, somewhere: World) -> None:
    publish(app_for, 4)
    first = fetch(app_for, size=2)
    somewhere.now += 5
    publish(app_for, 3, first=10, number=OTHER_NUMBER)
    second = fetch(app_for, size=2, token=first["nextPageToken"])

    assert second["hasMoreRecords"] is False
    assert second["nextSetTimestamp"] == START
    later = fetch(app_for, second["nextSetTimestamp"])
    assert {record["hashValue"] for record in later["hashRecords"]} >= {
        pdq(seed) for seed in (10, 11, 12)
    }


def test_a_client_cut_off_resumes_from_its_checkpoint(app_for: AppFor, somewhere: World) -> None:
    publish(app_for, 2)
    somewhere.now += 5
    publish(app_for, 2, first=2, number=OTHER_NUMBER)
    first = fetch(app_for, size=3)
    rest = fetch(app_for, first["nextSetTimestamp"])

    read = first["hashRecords"] + rest["hashRecords"]
    assert {record["hashValue"] for record in read} == {pdq(seed) for seed in range(4)}


def test_a_client_that_is_up_to_date_gets_the_last_second_again_and_stays_there(
    app_for: AppFor, somewhere: World
) -> None:
    publish(app_for, 2)
    somewhere.now += 5

    again = fetch(app_for, int(START))
    assert (again["count"], again["nextSetTimestamp"]) == (2, START)
    after = fetch(app_for, int(START) + 1)
    assert (after["count"], after["nextSetTimestamp"]) == (0, START + 1)


@pytest.mark.parametrize("missing", ["nothing", "partner", "start", "time"])
def test_a_token_serves_one_partner_and_one_run_for_an_hour(
    app_for: AppFor, somewhere: World, missing: str
) -> None:
    publish(app_for, 3)
    token = fetch(app_for, size=1)["nextPageToken"]
    partner, start = PARTNER, 10
    match missing:
        case "nothing":
            somewhere.now += VALID_FOR
            assert fetch(app_for, start, 1, token, partner)["count"] == 1
            return
        case "partner":
            partner = "another"
        case "start":
            start = 11
        case "time":
            somewhere.now += VALID_FOR + 1
    with pytest.raises(BadParameter):
        fetch(app_for, start, 1, token, partner)


def test_a_token_of_a_log_that_was_longer_before_a_restore_is_refused(
    app_for: AppFor, somewhere: World
) -> None:
    backup = back_up(somewhere)
    publish(app_for, 8)
    token = fetch(app_for, size=1)["nextPageToken"]
    bring_back(somewhere, backup)
    publish(app_for, 2)
    with pytest.raises(BadParameter) as refused:
        fetch(app_for, size=1, token=token)

    assert refused.value.field == "nextPageToken"
    assert len(follow(app_for, 10, 1)) == 2


def test_a_start_in_the_far_future_is_refused(app_for: AppFor) -> None:
    with pytest.raises(BadParameter) as refused:
        fetch(app_for, int(START) + 86_401)
    assert refused.value.field == "startTimestamp"
    assert fetch(app_for, int(START) + 86_400)["nextSetTimestamp"] == START + 86_400


def test_a_withdrawn_hash_is_told_only_to_who_may_know_it(
    app_for: AppFor, somewhere: World
) -> None:
    publish(app_for, 2)
    checkpoint = fetch(app_for)["nextSetTimestamp"]
    somewhere.now += 5
    publish(app_for, 1, first=5, number=OTHER_NUMBER)
    withdraw(credentials(), app_for("withdraw.handler"))
    withdraw(credentials(OTHER_NUMBER), app_for("withdraw.handler"))
    sequence(app_for(SEQUENCER))

    assert fetch(app_for)["hashRecords"] == []
    told = fetch(app_for, checkpoint)["hashRecords"]
    assert {record["hashValue"] for record in told} == {pdq(0), pdq(1)}
    assert {record["hashStatus"] for record in told} == {"Withdrawn"}


def test_only_the_beginning_of_a_run_says_how_far_a_partner_has_read(app_for: AppFor) -> None:
    publish(app_for, 3)
    acknowledged = app_for("status.handler").store.partners.acknowledged
    assert acknowledged() == {}
    token = fetch(app_for, 10, 1)["nextPageToken"]
    assert acknowledged() == {PARTNER: 10}
    fetch(app_for, 10, 1, token)
    assert acknowledged() == {PARTNER: 10}
    fetch(app_for, int(START))
    fetch(app_for, 10)
    fetch(app_for, 20, partner="another")

    assert acknowledged() == {PARTNER: START, "another": 20}


@pytest.mark.parametrize("ahead", [0, 80_000])
def test_nobody_has_read_what_is_not_in_the_log(
    app_for: AppFor, somewhere: World, ahead: int
) -> None:
    acknowledged = app_for("status.handler").store.partners.acknowledged
    fetch(app_for, int(START) + ahead)
    assert acknowledged() == {PARTNER: 0}
    publish(app_for, 1)
    somewhere.now += 100
    fetch(app_for, int(somewhere.now) + ahead)

    assert acknowledged() == {PARTNER: START}


def test_nobody_has_read_further_than_now_although_the_log_is_ahead(
    app_for: AppFor, somewhere: World
) -> None:
    somewhere.now += 86_400
    publish(app_for, 1)
    somewhere.now = START + 60
    start = fetch(app_for)["nextSetTimestamp"]
    fetch(app_for, start)

    assert start == START + 86_400
    assert app_for("status.handler").store.partners.acknowledged() == {PARTNER: START + 60}


def test_a_record_carries_the_log_time_and_never_less_than_the_start(app_for: AppFor) -> None:
    publish(app_for, 4)
    for record in fetch(app_for)["hashRecords"]:
        assert record["lastModtimestamp"] == START
        assert record["version"] == 1
        assert len(record["hashId"]) == 22


def test_a_page_too_large_to_be_answered_comes_in_smaller_ones(
    app_for: AppFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(app_for, 8)
    usual = len(json.dumps(fetch(app_for)))
    monkeypatch.setattr(fetching, "LARGEST_ANSWER", usual // 2)
    pages = follow(app_for, 10, 800)

    assert len(pages) > 2
    assert all(len(json.dumps(page)) <= usual // 2 for page in pages)
    values = [record["hashValue"] for page in pages for record in page["hashRecords"]]
    assert sorted(values) == sorted(pdq(seed) for seed in range(8))
