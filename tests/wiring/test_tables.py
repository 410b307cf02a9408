"""The tables of the template are those of schema.py, and hard to lose."""

import pytest

from infrastructure import schema
from tests.wiring.reading import Template


@pytest.mark.parametrize("table", schema.TABLES, ids=lambda table: table.name)
def test_a_table_is_what_the_schema_says(template: Template, table: schema.Table) -> None:
    tables = template.of_type("AWS::DynamoDB::Table").items()
    (found,) = (each for ident, each in tables if table.name.capitalize() in ident)
    keys = {key["KeyType"]: key["AttributeName"] for key in found["KeySchema"]}
    assert keys == {"HASH": schema.PARTITION_KEY, "RANGE": schema.SORT_KEY}
    assert {each["AttributeType"] for each in found["AttributeDefinitions"]} == {"S"}
    assert found["TimeToLiveSpecification"] == {"AttributeName": schema.EXPIRY, "Enabled": True}
    stream = {"StreamViewType": "KEYS_ONLY"} if table.stream else None
    assert found.get("StreamSpecification") == stream
    assert found["BillingMode"] == "PAY_PER_REQUEST"


def test_every_table_outlives_a_mistake(template: Template) -> None:
    tables = template.of_type("AWS::DynamoDB::Table")
    assert len(tables) == len(schema.TABLES)
    for ident, table in tables.items():
        assert table["DeletionProtectionEnabled"] is True
        assert template.resources[ident]["DeletionPolicy"] == "Retain"
        assert table["PointInTimeRecoverySpecification"] == {
            "PointInTimeRecoveryEnabled": True,
            "RecoveryPeriodInDays": 7,
        }
