"""Receipts that only the owner of a case can read."""

import secrets
from dataclasses import replace

from functions.shared.bank import Link, Status
from functions.shared.cases import CaseLink
from functions.shared.receipts import public_key, seal, unseal
from functions.shared.signals import Origin
from tests.macs import mac

SECRET, OTHER = b"s" * 32, b"o" * 32


def links(count: int) -> list[CaseLink]:
    return [
        CaseLink(secrets.token_urlsafe(16), secrets.token_urlsafe(16), Origin())
        for _ in range(count)
    ]


def test_the_owner_reads_what_was_sealed_without_the_owner() -> None:
    first, second = links(24), links(1)
    sealed = [seal(part, public_key(SECRET, mac)) for part in (first, second)]

    expected = dict.fromkeys((one.hash_id, one.link_id) for one in first + second)
    assert unseal(sealed, SECRET, mac) == expected


def test_of_a_link_that_is_only_counted_the_owner_reads_what_the_hash_does_not_know() -> None:
    withdrawn = Link(Status.WITHDRAWN, 1_234, 1_800_000_000)
    [named, counted] = links(2)
    sealed = seal([named, replace(counted, counted=withdrawn)], public_key(SECRET, mac))

    assert list(unseal([sealed], SECRET, mac).values()) == [None, withdrawn]


def test_nobody_else_reads_it() -> None:
    sealed = seal(links(2), public_key(SECRET, mac))

    assert unseal([sealed], OTHER, mac) == {}
    assert unseal([sealed], SECRET, lambda purpose, message: mac("another key", message)) == {}
    assert unseal([sealed[:-1]], SECRET, mac) == {}


def test_a_receipt_shows_nothing_of_what_it_says() -> None:
    [link] = links(1)
    sealed = [seal([link], public_key(SECRET, mac)) for _ in range(2)]

    assert sealed[0] != sealed[1]
    assert link.hash_id.encode() not in sealed[0]
    assert link.link_id.encode() not in sealed[0]


def test_the_public_key_is_the_same_each_time_and_is_not_what_the_pin_is_checked_by() -> None:
    assert public_key(SECRET, mac) == public_key(SECRET, mac) != public_key(OTHER, mac)
    assert public_key(SECRET, mac) != mac("pin", SECRET)
