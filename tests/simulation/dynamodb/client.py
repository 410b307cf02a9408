"""A client of DynamoDB in memory: the operations that the store uses, answered as AWS would."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple, cast

from tests.simulation.dynamodb import transactions
from tests.simulation.dynamodb.projections import aliases, shown
from tests.simulation.dynamodb.queries import query, scan
from tests.simulation.dynamodb.refused import error, exceptions, invalid
from tests.simulation.dynamodb.sizes import LARGEST_ITEM, size
from tests.simulation.dynamodb.tables import Key, MemoryTable, key_of
from tests.simulation.dynamodb.writes import check, check_called, only, prepared

Params = dict[str, Any]
Act = Callable[[Params], Params]
Around = Callable[[str, Params, Act], Params]
"""Sees every call: the operation's name, its parameters, and what carries it out."""


READ = ("ConsistentRead", "ProjectionExpression", "ExpressionAttributeNames")
"""What a read of one item may say."""


def straight(operation: str, params: Params, act: Act) -> Params:
    """Carry a call out and nothing else."""
    return act(params)


class Write(NamedTuple):
    """One item, before and after."""

    table: str
    key: Key
    before: Any
    after: Any


@dataclass
class MemoryDynamoDB:
    """The tables and a client to them. Each call is atomic; `around` may do anything about it.

    An expression or a parameter that it does not know raises.
    """

    tables: dict[str, MemoryTable]
    around: Around = straight
    stale: Callable[[], bool] = lambda: False
    """Whether a read that is not strong gets an item as it was before."""
    committed: list[Callable[[list["Write"]], None]] = field(default_factory=list)
    """Told of each call's writes, once they are done."""

    @classmethod
    def of(cls, names: Iterable[str]) -> "MemoryDynamoDB":
        """Return a client to empty tables of these names."""
        return cls({name: MemoryTable() for name in names})

    def through(self, around: Around) -> "MemoryDynamoDB":
        """Return another client to the same tables."""
        return MemoryDynamoDB(self.tables, around, self.stale, self.committed)

    @property
    def exceptions(self) -> Any:
        """The classes of errors, as a real client has them."""
        return exceptions()

    def get_item(self, **params: Any) -> Params:
        return self.around("GetItem", params, self._get_item)

    def batch_get_item(self, **params: Any) -> Params:
        return self.around("BatchGetItem", params, self._batch_get_item)

    def query(self, **params: Any) -> Params:
        return self.around("Query", params, self._query)

    def scan(self, **params: Any) -> Params:
        return self.around("Scan", params, self._scan)

    def put_item(self, **params: Any) -> Params:
        return self.around("PutItem", params, self._write("Put"))

    def update_item(self, **params: Any) -> Params:
        return self.around("UpdateItem", params, self._write("Update"))

    def delete_item(self, **params: Any) -> Params:
        return self.around("DeleteItem", params, self._write("Delete"))

    def batch_write_item(self, **params: Any) -> Params:
        return self.around("BatchWriteItem", params, self._batch_write_item)

    def transact_write_items(self, **params: Any) -> Params:
        return self.around("TransactWriteItems", params, self._transact_write_items)

    def get_paginator(self, operation: str) -> "Paginator":
        """Return what reads a query or a scan to its end."""
        return Paginator({"query": self.query, "scan": self.scan}[operation])

    def table(self, name: str) -> MemoryTable:
        """Return a table; it must exist."""
        if name not in self.tables:
            raise error("ResourceNotFoundException", "Request")
        return self.tables[name]

    def write(self, *wanted: tuple[str, Key, Any]) -> None:
        """Store items under their keys, or delete them, and tell who listens."""
        done = []
        for name, key, item in wanted:
            table = self.table(name)
            done.append(Write(name, key, table.get(key), item))
            table.put(key, item)
        for told in self.committed:
            told(done)

    def _get_item(self, params: Params) -> Params:
        only(params, "TableName", "Key", *READ)
        check_called(params, [aliases(params)], [])
        found = self._read(params["TableName"], params["Key"], params)
        return {"Item": found} if found is not None else {}

    def _read(self, name: str, key: Any, options: Params) -> Any:
        table, place = self.table(name), key_of(key)
        if not options.get("ConsistentRead") and place in table.stale and self.stale():
            return shown(table.stale[place], options)
        return shown(table.get(place), options)

    def _batch_get_item(self, params: Params) -> Params:
        only(params, "RequestItems")
        answers: dict[str, list[Any]] = {}
        for name, request in params["RequestItems"].items():
            only(request, "Keys", *READ)
            check_called(request, [aliases(request)], [])
            keys = [key_of(key) for key in request["Keys"]]
            if not 0 < len(set(keys)) == len(keys) <= 100:
                raise invalid("1 to 100 keys, each once")
            found = (self._read(name, key, request) for key in request["Keys"])
            answers[name] = [item for item in found if item is not None]
        return {"Responses": answers, "UnprocessedKeys": {}}

    def _query(self, params: Params) -> Params:
        return query(self.table(params["TableName"]), params)

    def _scan(self, params: Params) -> Params:
        only(params, "TableName", "ConsistentRead", "Limit", "ExclusiveStartKey")
        return scan(self.table(params["TableName"]), params)

    def _write(self, kind: str) -> Act:
        def write(params: Params) -> Params:
            only(params, "ReturnValues", *transactions.FIELDS[kind])
            key, before, after = prepared(self.table(params["TableName"]), kind, params)
            if size(after or {}) > LARGEST_ITEM:
                raise invalid("an item of more than 400 KB")
            self.write((params["TableName"], key, after))
            match params.get("ReturnValues", "NONE"):
                case "NONE":
                    return {}
                case "ALL_NEW":
                    return {"Attributes": after}
                case "ALL_OLD":
                    return {"Attributes": before} if before is not None else {}
            raise invalid("ReturnValues")

        return write

    def _batch_write_item(self, params: Params) -> Params:
        only(params, "RequestItems")
        for name, requests in params["RequestItems"].items():
            keys = [_key_written(request) for request in requests]
            if not 0 < len(set(keys)) == len(keys) <= 25:
                raise invalid("1 to 25 requests, each for another item")
            items = [request.get("PutRequest", {}).get("Item") for request in requests]
            self.write(*((name, key, item) for key, item in zip(keys, items, strict=True)))
        return {"UnprocessedItems": {}}

    def _transact_write_items(self, params: Params) -> Params:
        only(params, "TransactItems", "ClientRequestToken")
        self.write(*transactions.agreed(self.table, params["TransactItems"]))
        return {}


@dataclass(frozen=True)
class Paginator:
    """Reads page after page."""

    ask: Callable[..., Params]

    def paginate(self, **params: Any) -> Iterator[Params]:
        """Yield the answers of all pages."""
        config = params.pop("PaginationConfig", {})
        only(config, "PageSize")
        if "PageSize" in config:
            params["Limit"] = config["PageSize"]
        while True:
            answer = self.ask(**params)
            yield answer
            if "LastEvaluatedKey" not in answer:
                return
            params["ExclusiveStartKey"] = answer["LastEvaluatedKey"]


def _key_written(request: Params) -> Key:
    [(kind, inner)] = request.items()
    if kind == "PutRequest":
        check(inner["Item"])
        return key_of(inner["Item"])
    if kind == "DeleteRequest":
        return key_of(cast(Any, inner["Key"]))
    raise invalid(kind)
