"""From a route's grants to policy statements and environment variables: those, and no others."""

from dataclasses import dataclass

from aws_cdk import aws_dynamodb as dynamodb
from aws_cdk import aws_iam as iam
from aws_cdk import aws_kms as kms
from aws_cdk import aws_sns as sns

from infrastructure.routes import Grants


@dataclass(frozen=True)
class Resources:
    """What functions may be granted something on."""

    cases: dynamodb.Table
    bank: dynamodb.Table
    deliveries: dynamodb.Table
    erasures: dynamodb.Table
    mac_key: kms.Key
    topic: sns.Topic
    disputed_after: int
    """How many partners must say NotBlocked until a hash is marked as disputed."""


def statements(
    grants: Grants, resources: Resources, *, deliveries_of: str | None = None
) -> list[iam.PolicyStatement]:
    """One statement for each resource that the grants name.

    Of the deliveries it may be those of one partner alone.
    """
    wanted = (
        (_dynamodb(grants.cases), resources.cases.table_arn),
        (_dynamodb(grants.bank), resources.bank.table_arn),
        (_dynamodb(grants.deliveries), resources.deliveries.table_arn),
        (_dynamodb(grants.erasures), resources.erasures.table_arn),
        (["kms:GenerateMac"] if grants.mac else [], resources.mac_key.key_arn),
        (["sns:Publish"] if grants.publish else [], resources.topic.topic_arn),
    )
    allowed = {arn: allow(actions, arn) for actions, arn in wanted if actions}
    if deliveries_of is not None:
        only = {"dynamodb:LeadingKeys": [deliveries_of]}
        allowed[resources.deliveries.table_arn].add_condition("ForAllValues:StringEquals", only)
    return list(allowed.values())


def environment(grants: Grants, resources: Resources) -> dict[str, str]:
    """Where the function finds what it was granted."""
    wanted = {
        "CASES_TABLE": (grants.cases, resources.cases.table_name),
        "BANK_TABLE": (grants.bank, resources.bank.table_name),
        "DELIVERIES_TABLE": (grants.deliveries, resources.deliveries.table_name),
        "ERASURES_TABLE": (grants.erasures, resources.erasures.table_name),
        "MAC_KEY": (grants.mac, resources.mac_key.key_arn),
        "TOPIC_ARN": (grants.publish, resources.topic.topic_arn),
    }
    return {name: value for name, (granted, value) in wanted.items() if granted}


def allow(actions: list[str], *resources: str) -> iam.PolicyStatement:
    return iam.PolicyStatement(actions=actions, resources=list(resources))


def _dynamodb(actions: tuple[str, ...]) -> list[str]:
    return [f"dynamodb:{action}" for action in actions]
