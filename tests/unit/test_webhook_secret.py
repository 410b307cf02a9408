"""The operator's command for what webhooks are signed with."""

import base64
import json
from collections.abc import Iterator

import pytest
from moto import mock_aws

from infrastructure.webhook_secret import Refused, WebhookSecret, main
from tests.rights import session

FIRST = "a" * 64


@pytest.fixture
def secret() -> Iterator[WebhookSecret]:
    with mock_aws():
        client = session().client("secretsmanager")
        made = client.create_secret(Name="signing", SecretString=FIRST)
        yield WebhookSecret(client, made["ARN"])


def test_a_secret_is_shown_as_receivers_take_it(secret: WebhookSecret) -> None:
    assert secret.show() == {"current": f"whsec_{FIRST}"}


def test_during_a_rotation_the_old_one_is_kept_and_the_new_one_has_48_random_bytes(
    secret: WebhookSecret,
) -> None:
    told = secret.rotate()

    assert told["previous"] == f"whsec_{FIRST}"
    assert told["current"] != told["previous"]
    assert len(base64.b64decode(told["current"].removeprefix("whsec_"), validate=True)) == 48


def test_a_rotation_that_is_finished_leaves_the_new_one(secret: WebhookSecret) -> None:
    new = secret.rotate()["current"]

    assert secret.finish() == secret.show() == {"current": new}


def test_a_second_rotation_waits_for_the_first_to_be_finished(secret: WebhookSecret) -> None:
    both = secret.rotate()

    with pytest.raises(Refused):
        secret.rotate()
    assert secret.show() == both


def test_there_is_nothing_to_finish_without_a_rotation(secret: WebhookSecret) -> None:
    with pytest.raises(Refused):
        secret.finish()
    assert secret.show() == {"current": f"whsec_{FIRST}"}


def test_the_command_prints_what_it_did_and_says_why_it_did_not(
    secret: WebhookSecret, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["rotate", secret.arn]) == 0
    said = capsys.readouterr()
    assert json.loads(said.out) == secret.show()
    assert "5 minutes" in said.err

    assert main(["show", secret.arn]) == 0
    assert capsys.readouterr().err == ""

    assert main(["rotate", secret.arn]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err.count("finish")) == ("", 1)
