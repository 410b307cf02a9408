"""The tables in memory answer as moto's do, and end with the same items, whatever is asked."""

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from boto3.dynamodb.types import TypeSerializer
from botocore.exceptions import ClientError
from moto import mock_aws

from infrastructure import schema
from tests.rights import session
from tests.simulation.dynamodb import MemoryDynamoDB
from tests.world import create_table

TABLE = schema.BANK.name
SEQUENCES = 12
STEPS = 60

encode = TypeSerializer().serialize

CONDITIONS = (
    "attribute_not_exists(pk)",
    "attribute_exists(pk)",
    "n = :a",
    "n < :a",
    "n >= :a",
    "n <> :a AND attribute_exists(n)",
    "n BETWEEN :a AND :b",
    "n IN (:a, :b)",
    "attribute_not_exists(pk) OR n <= :a",
    "attribute_exists(pk) AND (n = :a OR n = :b) AND NOT attribute_exists(gone)",
    "#n = :a AND #t = :t",
    "attribute_exists(deep.#n)",
    "begins_with(#t, :t)",
)
UPDATES = (
    "SET #n = :a",
    "SET n = n + :a",
    "SET n = if_not_exists(n, :b) - :a",
    "SET n = if_not_exists(n, :a) REMOVE gone",
    "SET deep = :deep",
    "SET deep.#n = :a, #t = :t",
    "REMOVE deep.#n, gone",
    "ADD n :a",
    "ADD tags :set",
    "DELETE tags :set",
    "SET gone = :t ADD n :a",
    "SET held = list_append(:list, :list)",
)
OPERATIONS = (
    "put_item",
    "update_item",
    "delete_item",
    "get_item",
    "batch_get_item",
    "query",
    "batch_write_item",
    "transact_write_items",
    "transact_write_items",
)
NAMES = {"#n": "n", "#t": "t"}


@pytest.fixture
def both() -> Iterator[tuple[Any, MemoryDynamoDB]]:
    """Return a client to moto and one to memory, each to an empty table."""
    with mock_aws():
        create_table(schema.BANK)
        yield session().client("dynamodb"), MemoryDynamoDB.of([TABLE])


def told(act: Callable[[], Any]) -> Any:
    """Return what a caller is told: the answer, or the error's code and reasons."""
    try:
        answer = act()
    except ClientError as error:
        reasons = [one["Code"] for one in error.response.get("CancellationReasons", [])]
        return type(error).__name__, error.response["Error"]["Code"], reasons
    kept = ("Item", "Items", "Responses", "Attributes", "LastEvaluatedKey", "UnprocessedItems")
    return {name: _sorted(answer[name]) for name in kept if name in answer}


def _sorted(value: Any) -> Any:
    """Return a value with what has no order in one order."""
    if isinstance(value, dict):
        for letter in ("SS", "NS"):
            if letter in value:
                return {letter: sorted(value[letter])}
        return {name: _sorted(one) for name, one in value.items()}
    if isinstance(value, list):
        each = [_sorted(one) for one in value]
        return sorted(each, key=str) if value and "pk" in value[0] else each
    return value


class Requests:
    """Requests drawn from a seed."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)  # noqa: S311 - a test's

    def next(self) -> tuple[str, dict[str, Any]]:
        name = self.draw.choice(OPERATIONS)
        request: dict[str, Any] = getattr(self, name)()
        return name, request

    def put_item(self) -> dict[str, Any]:
        return self._named({"Item": self._item()} | self._maybe_if())

    def update_item(self) -> dict[str, Any]:
        asked = {"Key": self._key(), "UpdateExpression": self.draw.choice(UPDATES)}
        return self._named(asked | self._maybe_if()) | self._returned("ALL_NEW")

    def delete_item(self) -> dict[str, Any]:
        return self._named({"Key": self._key()} | self._maybe_if()) | self._returned("ALL_OLD")

    def get_item(self) -> dict[str, Any]:
        return {"TableName": TABLE, "Key": self._key()} | self._read()

    def batch_get_item(self) -> dict[str, Any]:
        return {"RequestItems": {TABLE: {"Keys": self._keys()} | self._read()}}

    def _read(self) -> dict[str, Any]:
        listed = self.draw.choice(("", "pk, sk, n", "#n, held", "t"))
        shown = {"ProjectionExpression": listed} if listed else {}
        names = {"ExpressionAttributeNames": {"#n": "n"}} if "#" in listed else {}
        return {"ConsistentRead": True} | shown | names

    def batch_write_item(self) -> dict[str, Any]:
        return {
            "RequestItems": {
                TABLE: [
                    {"DeleteRequest": {"Key": key}}
                    if self.draw.random() < 0.6
                    else {"PutRequest": {"Item": self._item() | key}}
                    for key in self._keys()
                ]
            }
        }

    def query(self) -> dict[str, Any]:
        bound = self.draw.choice(("", " AND sk BETWEEN :x AND :y", " AND begins_with(sk, :x)"))
        values = {":pk": encode(self.draw.choice("ab"))}
        if bound:
            first, last = sorted(self.draw.choices("pqrs", k=2))
            values |= {":x": encode(first)} | ({":y": encode(last)} if ":y" in bound else {})
        asked: dict[str, Any] = {
            "TableName": TABLE,
            "ConsistentRead": True,
            "KeyConditionExpression": "pk = :pk" + bound,
            "ExpressionAttributeValues": values,
            "ScanIndexForward": self.draw.random() < 0.6,
        }
        if self.draw.random() < 0.5:
            asked["FilterExpression"] = "n > :a"
            values[":a"] = encode(1)
        return asked

    def transact_write_items(self) -> dict[str, Any]:
        kinds = ("Put", "Update", "Delete", "ConditionCheck")
        return {
            "TransactItems": [
                {(kind := self.draw.choice(kinds)): self._part(kind, key)} for key in self._keys()
            ]
        }

    def _part(self, kind: str, key: Any) -> dict[str, Any]:
        condition = {"ConditionExpression": self.draw.choice(CONDITIONS)}
        if kind == "Put":
            return self._named({"Item": self._item() | key} | self._maybe_if())
        if kind == "Update":
            expression = {"UpdateExpression": self.draw.choice(UPDATES)}
            return self._named({"Key": key} | expression | self._maybe_if())
        return self._named({"Key": key} | condition)

    def _named(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Return a request with exactly the names and values that its expressions call."""
        text = " ".join(str(asked.get(f"{one}Expression", "")) for one in ("Condition", "Update"))
        names = {alias: name for alias, name in NAMES.items() if alias in text}
        words = set(text.replace("(", " ").replace(")", " ").replace(",", " ").split())
        values = {name: value for name, value in self._values().items() if name in words}
        asked = {"TableName": TABLE, **asked}
        asked |= {"ExpressionAttributeNames": names} if names else {}
        return asked | ({"ExpressionAttributeValues": values} if values else {})

    def _values(self) -> dict[str, Any]:
        low, high = sorted(self.draw.choices(range(4), k=2))
        return {
            ":a": encode(low),
            ":b": encode(high),
            ":t": encode(self.draw.choice("xy")),
            ":deep": encode({"n": 1}),
            ":set": encode({self.draw.choice("xy")}),
            ":list": encode([self.draw.choice("xy")]),
        }

    def _maybe_if(self) -> dict[str, Any]:
        stated = self.draw.random() < 0.6
        return {"ConditionExpression": self.draw.choice(CONDITIONS)} if stated else {}

    def _returned(self, wanted: str) -> dict[str, Any]:
        return {"ReturnValues": wanted} if self.draw.random() < 0.3 else {}

    def _item(self) -> dict[str, Any]:
        item: dict[str, Any] = {"n": self.draw.randrange(4), "t": self.draw.choice("xy")}
        item |= {"held": list(self.draw.choices("xyz", k=2)), "tags": {"x", "z"}}
        item |= {"deep": {"n": 1, "m": {"k": None}}} if self.draw.random() < 0.5 else {}
        return {name: encode(value) for name, value in item.items()} | self._key()

    def _key(self) -> dict[str, Any]:
        return {"pk": encode(self.draw.choice("ab")), "sk": encode(self.draw.choice("pqrs"))}

    def _keys(self) -> list[dict[str, Any]]:
        keys = {str(key): key for key in (self._key() for _ in range(self.draw.randint(1, 4)))}
        return list(keys.values())


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_the_same_requests_get_the_same_answers_and_leave_the_same_items(
    both: tuple[Any, MemoryDynamoDB], seed: int
) -> None:
    moto, memory = both
    requests = Requests(seed)
    for _ in range(STEPS):
        name, request = requests.next()
        wanted = told(lambda: getattr(moto, name)(**request))  # noqa: B023 - called at once
        assert told(lambda: getattr(memory, name)(**request)) == wanted, (name, request)  # noqa: B023
    stored = [moto.scan(TableName=TABLE), memory.scan(TableName=TABLE)]
    assert told(lambda: stored[0]) == told(lambda: stored[1])


@pytest.mark.parametrize("step", [1, 2, 3, 10])
@pytest.mark.parametrize("forward", [True, False])
def test_pages_of_a_query_end_where_those_of_moto_do(
    both: tuple[Any, MemoryDynamoDB], step: int, forward: bool
) -> None:
    pages = []
    for client in both:
        for sk in ("p", "q", "\u00e9", "\U0001f600", "z"):
            client.put_item(TableName=TABLE, Item={"pk": encode("a"), "sk": encode(sk)})
        asked = client.get_paginator("query").paginate(
            TableName=TABLE,
            KeyConditionExpression="pk = :pk",
            ExpressionAttributeValues={":pk": encode("a")},
            ScanIndexForward=forward,
            PaginationConfig={"PageSize": step},
        )
        pages.append([item["sk"]["S"] for page in asked for item in page["Items"]])

    assert pages[0] == pages[1]
    assert len(pages[0]) == 5


@pytest.mark.parametrize(
    "wrong",
    [
        {"ConditionExpression": "n is :a"},
        {"ConditionExpression": "n = :a AND"},
        {"ConditionExpression": "unheard_of(n)"},
        {"ConditionExpression": "n = :a", "ExpressionAttributeValues": {}},
        {"ConditionExpression": "n = n", "ExpressionAttributeValues": {":a": {"N": "1"}}},
    ],
)
def test_what_it_does_not_understand_raises(wrong: dict[str, Any]) -> None:
    item = {"pk": encode("a"), "sk": encode("b"), "n": encode(1)}
    values = {"ExpressionAttributeValues": {":a": {"N": "1"}}}
    with pytest.raises(ClientError, match="ValidationException"):
        MemoryDynamoDB.of([TABLE]).put_item(TableName=TABLE, Item=item, **(values | wrong))


def test_a_parameter_that_it_does_not_know_raises() -> None:
    with pytest.raises(NotImplementedError):
        MemoryDynamoDB.of([TABLE]).get_item(TableName=TABLE, Key={}, ReturnConsumedCapacity="TOTAL")
