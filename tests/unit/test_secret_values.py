"""Secrets shared with partners: fetched, kept for five minutes, fetched anew."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from functions.shared.secret_values import SecretValues
from tests.faults import ALWAYS, refuse
from tests.rights import session


@dataclass
class Kept:
    """A secret in Secrets Manager, and who fetches it. `now` is the clock."""

    arn: str
    values: SecretValues
    now: float = 1_000.0

    def change(self, to: str) -> None:
        self.values.client.put_secret_value(SecretId=self.arn, SecretString=to)

    def is_now(self) -> tuple[str, ...]:
        return self.values(self.arn)


@pytest.fixture
def kept() -> Iterator[Kept]:
    """Return a secret that was never changed."""
    with mock_aws():
        client = session().client("secretsmanager")
        arn = client.create_secret(Name="told", SecretString="first")["ARN"]
        made = Kept(arn, SecretValues(client, lambda: made.now))
        yield made


def test_a_secret_is_what_it_is_and_then_also_what_it_was(kept: Kept) -> None:
    assert kept.is_now() == ("first",)
    kept.change("second")
    kept.now += 300
    assert kept.is_now() == ("second", "first")


@pytest.mark.parametrize(("passed", "seen"), [(299, 1), (300, 2), (-1, 2)])
def test_a_secret_is_kept_for_five_minutes_and_not_by_a_clock_set_back(
    kept: Kept, passed: int, seen: int
) -> None:
    kept.is_now()
    kept.change("second")
    kept.now += passed
    assert len(kept.is_now()) == seen


def test_an_old_secret_is_not_used_on_when_it_cannot_be_fetched(kept: Kept) -> None:
    kept.is_now()
    refuse(kept.values.client, "GetSecretValue", "InternalServiceError", ALWAYS)
    assert kept.is_now() == ("first",)
    kept.now += 300
    with pytest.raises(ClientError):
        kept.is_now()
