"""DynamoDB in memory: the operations and expressions that the store uses, and no others."""

from tests.simulation.dynamodb.client import MemoryDynamoDB

__all__ = ["MemoryDynamoDB"]
