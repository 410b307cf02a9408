"""Looks after what a partner's webhooks are signed with.

`python -m infrastructure.webhook_secret show|rotate|finish SECRET`

`show` prints what the partner's receiver must know. `rotate` makes a new secret; within five
minutes each webhook has two signatures, so that the partner can change over when it likes. `finish`
ends that. What is printed is for the partner; what there is to know goes to the error output.
"""

import argparse
import base64
import json
import secrets
import sys
from dataclasses import dataclass
from typing import Any

import boto3

from functions.shared.secret_values import KEPT

_PREFIX = "whsec_"
"""By which a secret is told from other text. Source: standard-webhooks.md, "Signature scheme"."""
BYTES = 48
"""Of a secret. Standard Webhooks asks for 24 to 64. Source: the same."""
_NOT_YET = (
    f"Functions keep a secret for {KEPT // 60} minutes. Until then some webhooks are signed as "
    "before: let the partner change over after that."
)
_CURRENT, _PREVIOUS = "AWSCURRENT", "AWSPREVIOUS"


class Refused(Exception):
    """What was asked for would break a receiver, or has nothing to work on."""


@dataclass(frozen=True)
class WebhookSecret:
    """One partner's secret, where it is kept."""

    client: Any
    arn: str

    def show(self) -> dict[str, str]:
        """Return the secret, and the one before it while both sign."""
        stages = {"current": _CURRENT} | ({"previous": _PREVIOUS} if self._previous() else {})
        return {name: self._value(stage) for name, stage in stages.items()}

    def rotate(self) -> dict[str, str]:
        """Sign with a new secret and, until `finish`, with the present one too.

        Raises:
            Refused: two sign already; a third would silence the oldest, which may be in use.
        """
        if self._previous():
            raise Refused("Two secrets sign already: finish that rotation first.")
        new = base64.b64encode(secrets.token_bytes(BYTES)).decode()
        self.client.put_secret_value(SecretId=self.arn, SecretString=new)
        return self.show()

    def finish(self) -> dict[str, str]:
        """Sign with the present secret only.

        Raises:
            Refused: no rotation was begun.
        """
        previous = self._previous()
        if previous is None:
            raise Refused("Only one secret signs: there is nothing to finish.")
        self.client.update_secret_version_stage(
            SecretId=self.arn, VersionStage=_PREVIOUS, RemoveFromVersionId=previous
        )
        return self.show()

    def _previous(self) -> str | None:
        versions = self.client.describe_secret(SecretId=self.arn)["VersionIdsToStages"]
        return next((one for one, stages in versions.items() if _PREVIOUS in stages), None)

    def _value(self, stage: str) -> str:
        found = self.client.get_secret_value(SecretId=self.arn, VersionStage=stage)
        return _PREFIX + str(found["SecretString"])


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Look after a partner's webhook secret.")
    parser.add_argument("action", choices=["show", "rotate", "finish"])
    parser.add_argument("secret", help="its ARN: the stack's output WebhookSecretOf<Partner>")
    chosen = parser.parse_args(arguments)
    secret = WebhookSecret(boto3.client("secretsmanager"), chosen.secret)
    actions = {"show": secret.show, "rotate": secret.rotate, "finish": secret.finish}
    try:
        told = actions[chosen.action]()
    except Refused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    if chosen.action != "show":
        sys.stderr.write(f"{_NOT_YET}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
