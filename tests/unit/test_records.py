"""A hash as the v1 wire shows it."""

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from functions.partner_sync.wire import FeedRecord
from functions.shared.bank import BankHash, FeedbackValue, Ruling
from functions.shared.disputes import weighed
from functions.shared.feed import Entry
from functions.shared.partners import pseudonym
from functions.shared.records import record
from tests.hashes import after, fresh, steps
from tests.people import pdq

KEY = bytes(range(32))

# Source: the enums of the published client, threatexchange 1.2.17. It drops what it does not know.
SIGNAL_TYPES = {"Unknown", "ImagePDQ", "VideoMD5", "VideoTMK", "Text", "URL"}
STATUSES = {"Unknown", "Received", "Active", "Withdrawn", "Deleted"}
FEEDBACK = {
    "Unknown",
    "None",
    "QualityUnknown",
    "PendingReview",
    "Blocked",
    "NotBlocked",
    "Withdrawn",
    "Deleted",
}


def grown(story: Iterable[tuple[object, ...]]) -> BankHash:
    item = fresh()
    for step in story:
        item = after(item, step, 100)
    return item


def test_a_record_has_the_shape_of_the_v1_wire() -> None:
    item = fresh().linked("link a", 100).linked("link b", 100).unlinked("link b", 100)
    item = item.answered("example-social", FeedbackValue.BLOCKED, ("dup", "teen"), 100)

    assert record(Entry(200, item), "another", KEY) == {
        "lastModtimestamp": 200,
        "signalType": "ImagePDQ",
        "hashValue": pdq(0),
        "hashStatus": "Active",
        "caseNumbers": {
            pseudonym(KEY, "another", "link a"): "Active",
            pseudonym(KEY, "another", "link b"): "Withdrawn",
        },
        "CSPFeedbacks": [
            {"feedbackValue": "Blocked", "tags": ["dup", "teen"], "source": "example-social"}
        ],
        "hashId": "hash-0",
        "version": 4,
        "disputed": False,
    }


def disputed() -> BankHash:
    item = fresh().linked("link a", 100)
    for partner in ("a", "b", "c"):
        said = item.answered(partner, FeedbackValue.NOT_BLOCKED, (), 100)
        item = weighed(said, 3, ("a", "b", "c"))
    return item


def test_a_disputed_hash_says_so_in_a_field_of_its_own_and_stays_active() -> None:
    told = record(Entry(200, disputed()), "another", KEY)

    assert (told["disputed"], told["hashStatus"]) == (True, "Active")
    assert FeedRecord.model_validate(told, strict=True).disputed is True


def test_it_says_so_only_while_it_waits_for_the_operator() -> None:
    for item in (fresh().linked("a", 100), disputed().decided(Ruling.KEPT, 100)):
        assert record(Entry(200, item), "another", KEY)["disputed"] is False


def test_a_delisted_hash_is_withdrawn_on_the_wire_and_its_links_are_not() -> None:
    told = record(Entry(200, disputed().decided(Ruling.DELISTED, 100)), "another", KEY)

    assert (told["hashStatus"], told["disputed"]) == ("Withdrawn", False)
    assert set(told["caseNumbers"].values()) == {"Active"}


@given(st.lists(steps, max_size=12), st.integers(0, 2**33))
def test_no_history_puts_a_value_on_the_wire_that_v1_does_not_know(
    story: list[tuple[object, ...]], ts: int
) -> None:
    item = grown(story)
    told = record(Entry(ts, item), "example-social", KEY)

    FeedRecord.model_validate(told, strict=True)
    assert told["lastModtimestamp"] == ts
    assert told["signalType"] in SIGNAL_TYPES
    assert told["hashStatus"] in STATUSES
    assert set(told["caseNumbers"].values()) <= STATUSES
    assert {answer["feedbackValue"] for answer in told["CSPFeedbacks"]} <= FEEDBACK
    assert {type(answer["feedbackValue"]) for answer in told["CSPFeedbacks"]} <= {str}


@given(st.lists(steps, max_size=12))
def test_a_record_names_no_link_and_no_case(story: list[tuple[object, ...]]) -> None:
    assert "link " not in repr(record(Entry(100, grown(story)), "example-social", KEY))


@given(st.lists(steps, max_size=12))
def test_a_record_says_the_same_in_the_same_order_every_time(
    story: list[tuple[object, ...]],
) -> None:
    entry = Entry(100, grown(story))

    assert repr(record(entry, "example-social", KEY)) == repr(record(entry, "example-social", KEY))
    sources = [answer["source"] for answer in record(entry, "a", KEY)["CSPFeedbacks"]]
    assert sources == sorted(sources)


def test_every_answer_that_can_be_stored_is_one_of_v1() -> None:
    assert {value.value for value in FeedbackValue} == FEEDBACK
