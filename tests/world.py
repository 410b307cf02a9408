"""A small world on moto, one thread: the tables of infrastructure/schema.py, a MAC key, a topic."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Protocol
from unittest.mock import patch

from moto import mock_aws

from functions.shared.app import App
from functions.shared.credentials import Kdf
from infrastructure import routes, schema
from infrastructure.partners import load_partners
from tests.rights import connect_with, session

CHEAP = Kdf(memory_kib=8, passes=1)
"""PIN checks that cost nothing; what they cost in earnest is a setting, not a code path."""

START = 1_800_000_000.0


@dataclass
class World:
    """Tables and clients of one test. `now` is the clock, in seconds since 1970."""

    env: dict[str, str]
    now: float = START
    put_back_by: float = 0.0
    """Seconds that have gone by and that the clock does not show any more."""
    apps: dict[tuple[str, str], App] = field(default_factory=dict)

    def app_for(self, handler: str, instance: str = "") -> App:
        """Return an App that may do only what this handler's route lists.

        Each `instance` has clients of its own, as two running copies of a function have.
        """
        if (handler, instance) not in self.apps:
            grants = _grants(handler)
            tables = {
                self.env["CASES_TABLE"]: grants.cases,
                self.env["BANK_TABLE"]: grants.bank,
                self.env["DELIVERIES_TABLE"]: grants.deliveries,
                self.env["ERASURES_TABLE"]: grants.erasures,
            }
            reaches = _transports() if handler == routes.DELIVERER else set()
            connect = connect_with(grants, tables, reaches=reaches)
            self.apps[handler, instance] = App(
                self.env, connect, clock=lambda: self.now, kdf=CHEAP, elapsed=self.elapsed
            )
        return self.apps[handler, instance]

    def elapsed(self) -> float:
        """Return the time that has gone by; it goes on with the clock, and never back."""
        return self.now + self.put_back_by

    def put_back(self, seconds: float) -> None:
        """Put the clock back."""
        self.now -= seconds
        self.put_back_by += seconds

    def operator(self) -> App:
        """Return an App that may do anything, with clients of its own: to prepare and look at."""
        return App(self.env, session().client, clock=lambda: self.now, kdf=CHEAP)

    def items(self, table: str) -> list[dict[str, Any]]:
        """Return everything in a table, in DynamoDB's typed form."""
        name = self.env[f"{table.upper()}_TABLE"]
        pages = session().client("dynamodb").get_paginator("scan").paginate(TableName=name)
        return [dict(item) for page in pages for item in page["Items"]]


def _grants(handler: str) -> routes.Grants:
    listed = {route.handler: route.grants for route in routes.ROUTES}
    return (listed | routes.WORKERS)[handler]


def _transports() -> set[str]:
    each = (partner.transport.rights.values() for partner in load_partners())
    return {action for rights in each for actions in rights for action in actions}


@contextmanager
def world() -> Iterator[World]:
    """Make a world and take it down again."""
    # moto makes an RSA key for each key of KMS; this one signs nothing, and RSA costs 40 ms.
    with mock_aws(), patch("moto.kms.models.generate_private_key"):
        for table in schema.TABLES:
            create_table(table)
        key = _owner("kms").create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")
        topic = _owner("sns").create_topic(Name="bank")
        queue = _owner("sqs").create_queue(QueueName="bank-example-social")
        yield World(
            {
                "CASES_TABLE": schema.CASES.name,
                "BANK_TABLE": schema.BANK.name,
                "DELIVERIES_TABLE": schema.DELIVERIES.name,
                "ERASURES_TABLE": schema.ERASURES.name,
                "MAC_KEY": key["KeyMetadata"]["KeyId"],
                "TOPIC_ARN": topic["TopicArn"],
                "PARTNER": "example-social",
                "QUEUE_URL": queue["QueueUrl"],
            }
        )


@cache
def _owner(service: str) -> Any:
    """Return the client by which worlds are made, one for all: making one is dear."""
    return session().client(service)  # type: ignore[call-overload]


def create_table(table: schema.Table) -> None:
    _owner("dynamodb").create_table(
        TableName=table.name,
        BillingMode="PAY_PER_REQUEST",
        KeySchema=[
            {"AttributeName": schema.PARTITION_KEY, "KeyType": "HASH"},
            {"AttributeName": schema.SORT_KEY, "KeyType": "RANGE"},
        ],
        AttributeDefinitions=[
            {"AttributeName": schema.PARTITION_KEY, "AttributeType": "S"},
            {"AttributeName": schema.SORT_KEY, "AttributeType": "S"},
        ],
    )


class AppFor(Protocol):
    """Gives Apps that may do only what a handler's route lists."""

    def __call__(self, handler: str, instance: str = "") -> App:
        """Return the App of a handler."""


def body_of(answer: Any) -> Any:
    """Return what a handler's answer says, as its receiver would read it."""
    return json.loads(json.dumps(answer.body, default=str))
