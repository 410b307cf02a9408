"""The DynamoDB tables of schema.py: on demand, recoverable for a week, hard to delete."""

import aws_cdk as cdk
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

from infrastructure import schema


class Tables(Construct):
    """`cases`, `bank`, `deliveries` and `erasures`."""

    def __init__(self, scope: Construct, ident: str) -> None:
        super().__init__(scope, ident)
        self.cases = self._table(schema.CASES)
        self.bank = self._table(schema.BANK)
        self.deliveries = self._table(schema.DELIVERIES)
        self.erasures = self._table(schema.ERASURES)

    def _table(self, table: schema.Table) -> dynamodb.Table:
        return dynamodb.Table(
            self,
            table.name.capitalize(),
            partition_key=_string(schema.PARTITION_KEY),
            sort_key=_string(schema.SORT_KEY),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            encryption=dynamodb.TableEncryption.AWS_MANAGED,
            time_to_live_attribute=schema.EXPIRY,
            stream=dynamodb.StreamViewType.KEYS_ONLY if table.stream else None,
            # A week is enough to notice and short enough that what a person withdrew is gone.
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True, recovery_period_in_days=7
            ),
            deletion_protection=True,
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )


def _string(name: str) -> dynamodb.Attribute:
    return dynamodb.Attribute(name=name, type=dynamodb.AttributeType.STRING)
