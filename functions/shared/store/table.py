"""One DynamoDB table, spoken to in plain values: strongly consistent reads, whole batches."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botocore.exceptions import ClientError

from functions.shared.errors import Conflict, TryAgain
from functions.shared.store.codec import Item, Key, decode, encode, encode_key
from functions.shared.store.patience import attempts

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

EXPIRES = "expires"
"""The attribute by which DynamoDB deletes items, in seconds since 1970: up to days late."""

MOST_KEYS_A_READ = 100
MOST_ITEMS_A_READ = 1_000
MOST_KEYS_A_DELETE = 25


@dataclass(frozen=True)
class Table:
    """A table and the client that reaches it. No read returns what has expired."""

    client: "DynamoDBClient"
    name: str
    clock: Callable[[], float] = time.time

    def get(self, key: Key) -> Item | None:
        """Return one item, or nothing."""
        answer = self.client.get_item(TableName=self.name, Key=encode_key(key), ConsistentRead=True)
        return next(self._living([answer["Item"]]), None) if "Item" in answer else None

    def get_many(self, keys: Sequence[Key], *, only: Sequence[str] = ()) -> Iterator[Item]:
        """Yield the items of these keys that exist, in any order; none is left out by a throttle.

        With `only`, each has these attributes alone: it is read as quickly as if it were small.

        Raises:
            TryAgain: the table does not keep up.
        """
        distinct = list(dict.fromkeys(keys))
        for first in range(0, len(distinct), MOST_KEYS_A_READ):
            yield from self._batch(distinct[first : first + MOST_KEYS_A_READ], _projection(only))

    def query(
        self, pk: str, *, first: str = " ", last: str = "\U0010ffff", step: int = MOST_ITEMS_A_READ
    ) -> Iterator[Item]:
        """Yield a partition's items in order of their sort keys, from `first` to `last`.

        They are read `step` at a time, so that who stops early has not read much more.
        """
        request: Item = {
            "TableName": self.name,
            "ConsistentRead": True,
            "KeyConditionExpression": "pk = :pk AND sk BETWEEN :first AND :last",
            "ExpressionAttributeValues": encode({":pk": pk, ":first": first, ":last": last}),
        }
        pages = self.client.get_paginator("query").paginate(
            **request, PaginationConfig={"PageSize": step}
        )
        for answer in pages:
            yield from self._living(answer["Items"])

    def last(self, pk: str) -> Item | None:
        """Return the item with the greatest sort key of a partition, or nothing."""
        pages = self.client.get_paginator("query").paginate(
            TableName=self.name,
            ConsistentRead=True,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues=encode({":pk": pk}),
            ScanIndexForward=False,
            PaginationConfig={"PageSize": 1},
        )
        return next((item for answer in pages for item in self._living(answer["Items"])), None)

    def delete_many(self, keys: Sequence[Key]) -> None:
        """Delete the items of these keys, all of them.

        Raises:
            TryAgain: the table does not keep up; some items may be left.
        """
        for first in range(0, len(keys), MOST_KEYS_A_DELETE):
            requests: list[Any] = [
                {"DeleteRequest": {"Key": encode_key(key)}}
                for key in keys[first : first + MOST_KEYS_A_DELETE]
            ]
            for _ in attempts():
                answer = self.client.batch_write_item(RequestItems={self.name: requests})
                requests = answer.get("UnprocessedItems", {}).get(self.name, [])
                if not requests:
                    break
            else:
                raise TryAgain

    def put_new(self, item: Item) -> None:
        """Store an item whose key is free.

        Raises:
            Conflict: the key is taken.
        """
        try:
            self.client.put_item(TableName=self.name, Item=encode(item), **self.free())
        except self.client.exceptions.ConditionalCheckFailedException:
            raise Conflict from None

    def free(self) -> Item:
        """Return the condition that a key has no item, or only one that has expired."""
        return {
            "ConditionExpression": f"attribute_not_exists(pk) OR {EXPIRES} <= :now",
            "ExpressionAttributeValues": encode({":now": int(self.clock())}),
        }

    def raise_to(self, key: Key, attribute: str, value: int) -> None:
        """Set a number, unless it is that or greater already."""
        try:
            self.client.update_item(
                TableName=self.name,
                Key=encode_key(key),
                UpdateExpression="SET #it = :value",
                ConditionExpression="attribute_not_exists(#it) OR #it < :value",
                ExpressionAttributeNames={"#it": attribute},
                ExpressionAttributeValues=encode({":value": value}),
            )
        except self.client.exceptions.ConditionalCheckFailedException:
            return

    def _batch(self, keys: Sequence[Key], projection: Item) -> Iterator[Item]:
        encoded = [encode_key(key) for key in keys]
        wanted: Any = {self.name: {"Keys": encoded, "ConsistentRead": True, **projection}}
        for _ in attempts():
            answer = self.client.batch_get_item(RequestItems=wanted)
            yield from self._living(answer["Responses"].get(self.name, []))
            wanted = answer.get("UnprocessedKeys")
            if not wanted:
                return
        raise TryAgain

    def _living(self, stored: Sequence[Any]) -> Iterator[Item]:
        now = self.clock()
        return (item for item in map(decode, stored) if item.get(EXPIRES, now + 1) > now)


def _projection(only: Sequence[str]) -> Item:
    """Return what makes a read bring these attributes alone, or nothing if all are wanted."""
    if not only:
        return {}
    names = {f"#{name}": name for name in (*only, EXPIRES)}
    return {"ProjectionExpression": ", ".join(names), "ExpressionAttributeNames": names}


def code_of(error: ClientError) -> str:
    """Return the error code that AWS gave, the only part of its text that is safe to log."""
    return str(error.response.get("Error", {}).get("Code", "Unknown"))
