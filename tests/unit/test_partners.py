"""The companies that take part."""

import re
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shared.errors import UnknownKey, WrongEndpointKey
from functions.shared.partners import SUBSCRIPTION, Key, admitted, digest, partners, pseudonym
from functions.shared.transports import TRANSPORTS

PARTNER = "example-social"
FETCH = Key(PARTNER, "FetchHashes")

names = st.text(st.characters(codec="ascii", exclude_characters="\n"), max_size=12)
secrets = st.binary(min_size=32, max_size=32)


def test_a_subscription_key_and_the_key_of_an_endpoint_open_it() -> None:
    assert admitted(Key(PARTNER, SUBSCRIPTION), FETCH, "FetchHashes") == PARTNER


@pytest.mark.parametrize("endpoint", ["SubmitFeedback", "SubmitHashes", "Unheard", SUBSCRIPTION])
def test_a_key_of_another_endpoint_is_told_apart(endpoint: str) -> None:
    with pytest.raises(WrongEndpointKey):
        admitted(Key(PARTNER, SUBSCRIPTION), FETCH, endpoint)


keys = st.none() | st.builds(
    Key, st.sampled_from([PARTNER, "another"]), st.sampled_from([SUBSCRIPTION, "FetchHashes"])
)


@given(keys, keys, st.sampled_from(["FetchHashes", "SubmitHashes", SUBSCRIPTION]))
def test_nothing_else_opens_anything(first: Key | None, second: Key | None, endpoint: str) -> None:
    opened = [one.opens for one in (first, second) if one]
    partners_named = {one.partner for one in (first, second) if one}
    if opened == [SUBSCRIPTION, "FetchHashes"] and len(partners_named) == 1:
        return
    with pytest.raises(UnknownKey):
        admitted(first, second, endpoint)


@given(st.text())
def test_what_is_stored_of_a_key_is_another_text(key: str) -> None:
    assert re.fullmatch("[0-9a-f]{64}", digest(key))
    assert digest(digest(key)) != digest(key)


@given(secrets, names, names)
def test_a_pseudonym_is_stable_and_looks_like_any_case_number_of_the_wire(
    key: bytes, partner: str, link: str
) -> None:
    told = pseudonym(key, partner, link)

    assert told == pseudonym(key, partner, link)
    assert str(uuid.UUID(told)) == told
    assert uuid.UUID(told).version == 4


@given(secrets, secrets, names, names, names, names)
def test_pseudonyms_of_two_links_two_partners_or_two_keys_never_meet(
    key: bytes, other_key: bytes, partner: str, other: str, link: str, other_link: str
) -> None:
    mine = pseudonym(key, partner, link)

    assert (pseudonym(other_key, partner, link) == mine) == (other_key == key)
    assert (pseudonym(key, other, link) == mine) == (other == partner)
    assert (pseudonym(key, partner, other_link) == mine) == (other_link == link)


def test_every_partner_has_an_id_of_its_own_and_a_transport_that_exists() -> None:
    ids = [partner.id for partner in partners()]

    assert len(ids) == len(set(ids)) > 0
    assert {partner.transport["kind"] for partner in partners()} <= set(TRANSPORTS)
