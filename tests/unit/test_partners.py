"""The companies that take part."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shared.errors import UnknownKey, WrongEndpointKey
from functions.shared.partners import PartnerKeys, digest, partners, pseudonym
from functions.shared.transports import TRANSPORTS

KEYS = PartnerKeys(
    "example-social",
    {
        "FetchHashes": (digest("fetch"), digest("fetch, the second")),
        "SubmitFeedback": (digest("feedback"),),
        "SubmitHashes": (),
    },
)

names = st.text(st.characters(codec="ascii", exclude_characters="\n"), max_size=12)
secrets = st.binary(min_size=32, max_size=32)


@pytest.mark.parametrize("key", ["fetch", "fetch, the second"])
def test_every_key_of_an_endpoint_opens_it(key: str) -> None:
    KEYS.check("FetchHashes", key)


@pytest.mark.parametrize("endpoint", ["SubmitFeedback", "SubmitHashes", "Unheard"])
def test_a_key_of_another_endpoint_is_told_apart(endpoint: str) -> None:
    with pytest.raises(WrongEndpointKey):
        KEYS.check(endpoint, "fetch")


@given(st.text().filter(lambda key: key not in ("fetch", "fetch, the second", "feedback")))
def test_any_other_key_is_unknown(key: str) -> None:
    with pytest.raises(UnknownKey):
        KEYS.check("FetchHashes", key)


def test_what_is_stored_of_a_key_does_not_open_anything() -> None:
    with pytest.raises(UnknownKey):
        KEYS.check("FetchHashes", digest("fetch"))


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
