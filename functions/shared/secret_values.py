"""Secrets that are kept in Secrets Manager and used often."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

KEPT = 300
"""Seconds, after which a secret is fetched anew, so that a changed one is used soon."""


@dataclass(frozen=True)
class SecretValues:
    """Fetches secrets. A value that is too old and cannot be fetched anew is not used on."""

    client: "SecretsManagerClient"
    clock: Callable[[], float]
    _kept: dict[str, tuple[float, tuple[str, ...]]] = field(default_factory=dict, repr=False)

    def __call__(self, arn: str) -> tuple[str, ...]:
        """Return what the secret is, and after it what it was before it was last changed.

        Raises:
            botocore.exceptions.ClientError: there is none, or it may not be read.
        """
        fetched, values = self._kept.get(arn, (float("-inf"), ()))
        now = self.clock()
        if not 0 <= now - fetched < KEPT:
            values = self._fetch(arn)
            self._kept[arn] = (now, values)
        return values

    def _fetch(self, arn: str) -> tuple[str, ...]:
        current = self._version(arn, "AWSCURRENT")
        try:
            return current, self._version(arn, "AWSPREVIOUS")
        except self.client.exceptions.ResourceNotFoundException:
            return (current,)

    def _version(self, arn: str, stage: str) -> str:
        answer = self.client.get_secret_value(SecretId=arn, VersionStage=stage)
        return answer.get("SecretString", "")
