"""What a record of the feed changes about what is known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from threatexchange.exchanges.clients.stopncii.api import StopNCIICaseStatus, StopNCIIHashRecord
from threatexchange.exchanges.clients.stopncii.api import StopNCIISignalType as SignalType

from partner_kit.example_social.bank import (
    Change,
    Entry,
    Key,
    brings_withdrawal,
    merge,
    read_record,
)

NAMES = st.frozensets(st.sampled_from("abc"))
ENTRIES = st.builds(Entry, st.integers(10, 20), st.booleans(), former=NAMES)


def test_a_hash_never_seen_arrives() -> None:
    assert merge(None, Entry(100, withdrawn=False)) is Change.ARRIVED


def test_a_newer_record_replaces_the_older() -> None:
    assert merge(Entry(100, withdrawn=False), Entry(101, withdrawn=False)) is Change.REFRESHED


def test_an_older_record_changes_nothing() -> None:
    assert merge(Entry(100, withdrawn=False), Entry(99, withdrawn=True)) is Change.NONE


def test_a_withdrawal_in_the_same_second_counts() -> None:
    assert merge(Entry(100, withdrawn=False), Entry(100, withdrawn=True)) is Change.LEFT


@pytest.mark.parametrize("former", ["", "a"])
def test_a_withdrawal_of_a_hash_we_never_had_is_confirmed_too(former: str) -> None:
    assert brings_withdrawal(None, Entry(100, withdrawn=True, former=frozenset(former)))


@given(known=ENTRIES, record=ENTRIES)
def test_a_withdrawal_is_confirmed_once_for_each_who_took_the_hash_back(
    known: Entry, record: Entry
) -> None:
    somebody_new = not record.former <= known.former
    the_hash_itself = record.withdrawn and not known.withdrawn

    assert brings_withdrawal(known, record) == (somebody_new or the_hash_itself)
    assert not brings_withdrawal(record, record)


def test_a_hash_registered_again_arrives_again() -> None:
    assert merge(Entry(100, withdrawn=True), Entry(101, withdrawn=False)) is Change.ARRIVED


@given(known=ENTRIES, record=ENTRIES)
def test_a_duplicate_never_arrives_nor_leaves_twice(known: Entry, record: Entry) -> None:
    held = known if merge(known, record) is Change.NONE else record

    assert merge(held, record) in (Change.NONE, Change.REFRESHED)


@pytest.mark.parametrize("status", ["Withdrawn", "Deleted"])
def test_both_words_for_gone_are_understood(status: str) -> None:
    wire = StopNCIIHashRecord(7, SignalType.ImagePDQ, "AB\n", StopNCIICaseStatus(status), {})

    assert read_record(wire) == (Key("ImagePDQ", "ab"), Entry(7, withdrawn=True))


def test_only_those_who_still_stand_behind_a_hash_are_counted() -> None:
    cases = {"a": StopNCIICaseStatus.Active, "b": StopNCIICaseStatus.Withdrawn}
    wire = StopNCIIHashRecord(7, SignalType.ImagePDQ, "ab", StopNCIICaseStatus.Active, cases)

    assert read_record(wire)[1] == Entry(
        7, withdrawn=False, cases=frozenset("a"), former=frozenset("b")
    )
