"""Rules of cdk-nag that do not apply somewhere, each with the reason, beside the construct."""

from collections.abc import Mapping

import aws_cdk as cdk
from constructs import Construct, IConstruct


def acknowledge(construct: IConstruct, reasons: Mapping[str, str]) -> None:
    """Record for `construct` and what is below it why a rule is not followed."""
    cdk.Validations.of(construct).acknowledge(
        *(cdk.Acknowledgment(id=rule, reason=reason) for rule, reason in reasons.items())
    )


def everything_below(construct: Construct, suffix: str) -> str:
    """cdk-nag's name for a statement about all that a resource contains."""
    resource = construct.node.default_child
    assert isinstance(resource, cdk.CfnElement)  # noqa: S101 - an L2 construct has one
    logical_id = cdk.Stack.of(construct).get_logical_id(resource)
    return f"AwsSolutions-IAM5[Resource::<{logical_id}.Arn>{suffix}]"
