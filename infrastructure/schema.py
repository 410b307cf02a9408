"""The tables, as data: the CDK stack and the tests build them from here."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Table:
    """A DynamoDB table with string keys `pk` and `sk`.

    `stream` tables publish the keys of what changed, which is all that the sequencer needs.
    """

    name: str
    stream: bool = False


CASES = Table("cases")
BANK = Table("bank", stream=True)
DELIVERIES = Table("deliveries")
ERASURES = Table("erasures")
TABLES = (CASES, BANK, DELIVERIES, ERASURES)

PARTITION_KEY = "pk"
SORT_KEY = "sk"
EXPIRY = "expires"
"""The time-to-live attribute, seconds since 1970.

DynamoDB deletes what has expired up to days late, so whoever reads skips it.
"""
