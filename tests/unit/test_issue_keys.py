"""Issuing a partner's keys."""

import json

import pytest

from functions.shared.access import partner_of
from functions.shared.errors import UnknownKey
from functions.shared.partners import PartnerKeys
from functions.shared.store.partners import PartnerStore
from functions.shared.store.table import Table
from infrastructure import issue_keys
from infrastructure.routes import ENDPOINTS
from tests.rights import session
from tests.world import AppFor, World

FETCH = "partner_sync.fetch_hashes"


def issue(somewhere: World, monkeypatch: pytest.MonkeyPatch, partner: str) -> None:
    table = somewhere.env["BANK_TABLE"]
    monkeypatch.setattr("sys.argv", ["issue_keys", partner, "--table", table])
    assert issue_keys.main() == 0


def test_the_keys_are_printed_once_and_open_their_endpoints(
    somewhere: World,
    app_for: AppFor,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    issue(somewhere, monkeypatch, "example-social")
    keys = json.loads(capsys.readouterr().out)

    for endpoint in ENDPOINTS:
        headers = {
            "Ocp-Apim-Subscription-Key": keys["subscription_key"],
            "x-functions-key": keys["function_keys"][endpoint],
        }
        assert partner_of(app_for(FETCH), headers, endpoint) == "example-social"


def test_only_digests_are_stored(
    somewhere: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    issue(somewhere, monkeypatch, "example-social")
    keys = json.loads(capsys.readouterr().out)

    stored = repr(somewhere.items("bank"))
    secrets = [keys["subscription_key"], *keys["function_keys"].values()]
    assert len({*secrets}) == 4
    assert not [secret for secret in secrets if secret in stored or secret[:8] in stored]


def test_a_second_set_leaves_the_first_valid(
    somewhere: World,
    app_for: AppFor,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for _ in range(2):
        issue(somewhere, monkeypatch, "example-social")
    printed = capsys.readouterr().out.replace("}\n{", "}\n\n{").split("\n\n")

    for keys in map(json.loads, printed):
        headers = {
            "ocp-apim-subscription-key": keys["subscription_key"],
            "x-functions-key": keys["function_keys"]["FetchHashes"],
        }
        assert partner_of(app_for(FETCH), headers, "FetchHashes") == "example-social"


def test_a_partner_that_is_not_listed_gets_no_keys(
    somewhere: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        issue(somewhere, monkeypatch, "nobody")
    assert somewhere.items("bank") == []
    assert "nobody" in capsys.readouterr().err


def test_revoked_keys_open_nothing(somewhere: World, app_for: AppFor) -> None:
    store = PartnerStore(Table(session().client("dynamodb"), somewhere.env["BANK_TABLE"]))
    store.add_keys("revoked", PartnerKeys("example-social", {}))
    headers = {"ocp-apim-subscription-key": "revoked", "x-functions-key": "anything"}

    with pytest.raises(UnknownKey):
        partner_of(app_for(FETCH), headers, "FetchHashes")


def test_there_is_a_key_for_every_endpoint_of_partners() -> None:
    assert ENDPOINTS == ("FetchHashes", "SubmitHashes", "SubmitFeedback")
