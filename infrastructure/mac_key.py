"""The key behind case lookups and PINs: an HMAC key that cannot leave KMS."""

import aws_cdk as cdk
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from constructs import Construct

_ADMINISTRATION = [
    "kms:CancelKeyDeletion",
    "kms:DescribeKey",
    "kms:DisableKey",
    "kms:EnableKey",
    "kms:GetKeyPolicy",
    "kms:GetKeyRotationStatus",
    "kms:ListAliases",
    "kms:ListGrants",
    "kms:ListKeyPolicies",
    "kms:ListResourceTags",
    "kms:PutKeyPolicy",
    "kms:ScheduleKeyDeletion",
    "kms:TagResource",
    "kms:UntagResource",
    "kms:UpdateKeyDescription",
]
"""All that CloudFormation and an operator need to look after the key. Using it and granting
its use are not among them, so no identity policy in the account can give that away."""


class MacKey(Construct):
    """HMAC_256, GENERATE_VERIFY_MAC.

    KMS does not rotate HMAC keys: another key means another stack output and rows that name
    the key they were made with.
    """

    def __init__(self, scope: Construct, ident: str) -> None:
        super().__init__(scope, ident)
        self.key = kms.Key(
            self,
            "Key",
            description="NotYours: case lookup, PIN verifier, page tokens",
            key_spec=kms.KeySpec.HMAC_256,
            key_usage=kms.KeyUsage.GENERATE_VERIFY_MAC,
            policy=iam.PolicyDocument(statements=[self._administration()]),
            pending_window=cdk.Duration.days(30),
            # Without the key no case can be opened or withdrawn again.
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )

    def open_to(self, roles: list[iam.Role]) -> None:
        """Let these roles make MACs. They are the only principals that may."""
        self.key.add_to_resource_policy(
            iam.PolicyStatement(
                sid="MakeMacs",
                principals=[iam.ArnPrincipal(role.role_arn) for role in roles],
                actions=["kms:GenerateMac"],
                resources=["*"],
            )
        )

    def _administration(self) -> iam.PolicyStatement:
        return iam.PolicyStatement(
            sid="Administer",
            principals=[iam.AccountRootPrincipal()],
            actions=_ADMINISTRATION,
            resources=["*"],
        )
