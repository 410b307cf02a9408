"""The library of PyPI's threatexchange, unmodified."""

import secrets
from typing import Any

import pytest
import requests
from threatexchange.exchanges.clients.stopncii.api import (
    FetchHashesResponse,
    StopNCIIAPI,
    StopNCIICaseStatus,
    StopNCIICSPFeedbackValue,
    StopNCIIEndpoint,
    StopNCIIHashRecord,
    StopNCIISignalType,
)

from local.system import System
from tests.contract.conftest import PARTNER, client_of
from tests.eventually import eventually
from tests.people import pdq
from tests.person import Person


def new_hashes(count: int) -> list[str]:
    return [pdq(secrets.randbits(64)) for _ in range(count)]


def fetched(client: StopNCIIAPI, start: int = 10) -> dict[str, StopNCIIHashRecord]:
    pages = client.fetch_hashes_iter(start)
    return {record.hashValue: record for page in pages for record in page.hashRecords}


def checkpoint(client: StopNCIIAPI) -> int:
    return [page.nextSetTimestamp for page in client.fetch_hashes_iter()][-1]


def in_the_feed(
    client: StopNCIIAPI, *hashes: str, start: int = 10
) -> dict[str, StopNCIIHashRecord]:
    return eventually(lambda: fetched(client, start), lambda feed: set(hashes) <= set(feed))


def test_a_full_fetch_shows_what_a_person_reported(client: StopNCIIAPI, person: Person) -> None:
    hashes = new_hashes(3)
    person.report(*hashes)

    feed = in_the_feed(client, *hashes)

    for value in hashes:
        assert feed[value].signalType is StopNCIISignalType.ImagePDQ
        assert feed[value].hashStatus is StopNCIICaseStatus.Active
        assert list(feed[value].caseNumbers.values()) == [StopNCIICaseStatus.Active]
        assert person.number not in feed[value].caseNumbers


def test_an_incremental_fetch_brings_what_came_after_and_only_that(
    client: StopNCIIAPI, system: System
) -> None:
    [early] = new_hashes(1)
    Person(system.page).report(early)
    in_the_feed(client, early)
    start = checkpoint(client)

    def reported_since() -> StopNCIIHashRecord:
        [late] = new_hashes(1)
        Person(system.page).report(late)
        feed = in_the_feed(client, late, start=start)
        assert all(record.lastModtimestamp >= start for record in feed.values())
        return feed[late]

    later = eventually(reported_since, lambda record: record.lastModtimestamp > start)
    assert early not in fetched(client, later.lastModtimestamp)


def test_small_pages_add_up_to_the_whole(client: StopNCIIAPI, person: Person) -> None:
    hashes = new_hashes(7)
    person.report(*hashes)
    whole = in_the_feed(client, *hashes)

    pages = list(_pages_of(client, 2))

    assert all(len(page.hashRecords) == page.count <= 2 for page in pages)
    assert {record.hashValue for page in pages for record in page.hashRecords} == set(whole)
    timestamps = [page.nextSetTimestamp for page in pages]
    assert timestamps == sorted(timestamps)


def _pages_of(client: StopNCIIAPI, size: int) -> Any:
    page: FetchHashesResponse = client.fetch_hashes(page_size=size)
    yield page
    while page.hasMoreRecords:
        page = client.fetch_hashes(page_size=size, next_page=page.nextPageToken or "")
        yield page


def test_feedback_reaches_the_feed_and_the_person(client: StopNCIIAPI, person: Person) -> None:
    [value] = new_hashes(1)
    person.report(value)
    in_the_feed(client, value)

    client.submit_feedback(
        StopNCIISignalType.ImagePDQ, value, StopNCIICSPFeedbackValue.Blocked, {"b", "a"}
    )

    assert person.states() == {"removed": 1}
    record = eventually(lambda: fetched(client)[value], lambda record: bool(record.CSPFeedbacks))
    [feedback] = record.CSPFeedbacks
    assert feedback.feedbackValue is StopNCIICSPFeedbackValue.Blocked
    assert feedback.source == PARTNER
    assert set(feedback.tags) == {"a", "b"}


@pytest.mark.parametrize("value", list(StopNCIICSPFeedbackValue))
def test_every_feedback_value_makes_the_round(
    client: StopNCIIAPI, person: Person, value: StopNCIICSPFeedbackValue
) -> None:
    [reported] = new_hashes(1)
    person.report(reported)

    client.submit_feedback(StopNCIISignalType.ImagePDQ, reported, value)

    record = eventually(
        lambda: fetched(client).get(reported), lambda seen: bool(seen and seen.CSPFeedbacks)
    )
    assert record is not None
    assert record.CSPFeedbacks[0].feedbackValue is value


def test_feedback_about_an_unknown_hash_is_taken_and_ignored(client: StopNCIIAPI) -> None:
    [unknown] = new_hashes(1)

    client.submit_feedback(StopNCIISignalType.ImagePDQ, unknown, StopNCIICSPFeedbackValue.Blocked)

    assert unknown not in fetched(client)


def test_a_partners_own_hashes_reach_the_feed(client: StopNCIIAPI) -> None:
    [value] = new_hashes(1)

    client.submit_hash(StopNCIISignalType.ImagePDQ, value, {"found"})

    record = in_the_feed(client, value)[value]
    assert record.caseNumbers == {}
    assert [feedback.source for feedback in record.CSPFeedbacks] == [PARTNER]


def test_a_withdrawn_hash_is_shown_to_those_who_have_it_and_to_nobody_else(
    client: StopNCIIAPI, person: Person
) -> None:
    [value] = new_hashes(1)
    person.report(value)
    in_the_feed(client, value)
    start = checkpoint(client)

    person.withdraw()

    def withdrawn() -> bool:
        record = fetched(client, start).get(value)
        return record is not None and record.hashStatus is StopNCIICaseStatus.Withdrawn

    eventually(withdrawn)
    assert value not in fetched(client)


def test_a_base_address_with_a_slash_at_the_end_works(system: System, client: StopNCIIAPI) -> None:
    assert set(fetched(client_of(system, suffix="/v1/"))) == set(fetched(client))


def test_a_wrong_key_is_refused_at_once(system: System) -> None:
    answer = refusal(client_of(system, keys={StopNCIIEndpoint.FetchHashes: "not a key"}))

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_key_of_another_endpoint_is_refused_as_such(system: System) -> None:
    own = system.partners[PARTNER].keys.function_keys
    wrong = client_of(system, keys={StopNCIIEndpoint.FetchHashes: own["SubmitHashes"]})

    assert refusal(wrong).status_code == 403


def refusal(client: StopNCIIAPI) -> requests.Response:
    with pytest.raises(requests.HTTPError) as refused:
        client.fetch_hashes()
    assert refused.value.response is not None
    return refused.value.response
