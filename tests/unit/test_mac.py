"""The one secret, as KMS keeps it."""

import pytest
from botocore.exceptions import ClientError

from tests.faults import record_calls, refuse
from tests.world import AppFor

STATUS = "status.handler"


def test_a_mac_depends_on_purpose_and_message(app_for: AppFor) -> None:
    mac = app_for(STATUS).mac
    made = [mac(*asked) for asked in (("a", b"bc"), ("ab", b"c"), ("a", b"b"), ("a", b"bc"))]

    assert made[0] == made[3]
    assert len(set(made)) == 3
    assert {len(one) for one in made} == {32}


def test_a_derived_key_is_asked_for_once(app_for: AppFor) -> None:
    mac = app_for(STATUS).mac
    calls = record_calls(mac.client)
    keys = [mac.derived_key(purpose) for purpose in ("tokens", "tokens", "pseudonyms")]

    assert keys[0] == keys[1] != keys[2]
    assert calls == ["GenerateMac"] * 2


def test_no_key_is_made_up_when_kms_does_not_answer(app_for: AppFor) -> None:
    mac = app_for(STATUS).mac
    refuse(mac.client, "GenerateMac", "ThrottlingException")
    with pytest.raises(ClientError):
        mac.derived_key("tokens")

    assert len(mac.derived_key("tokens")) == 32


def test_a_key_is_never_shown(app_for: AppFor) -> None:
    mac = app_for(STATUS).mac

    assert repr(mac.derived_key("tokens")) not in repr(mac)
