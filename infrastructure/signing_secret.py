"""What one partner's webhooks are signed with: made by Secrets Manager, known to us two."""

import string

import aws_cdk as cdk
from aws_cdk import aws_secretsmanager as secretsmanager
from constructs import Construct

from infrastructure.acknowledgements import acknowledge
from infrastructure.permissions import allow
from infrastructure.webhook_secret import BYTES

_LENGTH = BYTES * 4 // 3
"""Letters and digits, which are so many bytes to who reads them as base64."""


class SigningSecret(Construct):
    """Changed by `python -m infrastructure.webhook_secret` and never by a deployment."""

    def __init__(self, scope: Construct, ident: str) -> None:
        super().__init__(scope, ident)
        secret = secretsmanager.Secret(
            self,
            "Secret",
            description="NotYours: what a partner's webhooks are signed with",
            generate_secret_string=secretsmanager.SecretStringGenerator(
                password_length=_LENGTH,
                # By name and not by `exclude_punctuation`, which the emulator does not know.
                exclude_characters=string.punctuation,
            ),
            # A partner checks against it: another one must be agreed upon first.
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        acknowledge(secret, {"AwsSolutions-SMG4": _ROTATION})
        resource = secret.node.default_child
        assert isinstance(resource, secretsmanager.CfnSecret)  # noqa: S101 - it is made of one
        # `Id` and `Ref` are both the ARN in AWS; the emulator's `Ref` is the name.
        arn = resource.attr_id
        self.environment = {"WEBHOOK_SECRET_ARN": arn}
        self.rights = [allow(["secretsmanager:GetSecretValue"], arn)]
        self.output = ("WebhookSecret", arn)


_ROTATION = (
    "A partner has to take the new secret into its receiver, which no schedule can know. The "
    "operator rotates with infrastructure.webhook_secret; until both are done there are two "
    "signatures on each webhook."
)
