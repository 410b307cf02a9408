"""A real DynamoDB client whose requests are answered before they are sent, from a generated bank.

Everything but the network happens: requests are checked, signed and counted, answers are parsed.
The items are what the store's own code would have written.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from time import thread_time
from typing import Any

import boto3
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.compat import HTTPHeaders

from bench.caught import TABLE, caught, items_of
from bench.generated import Bank, segment_of, ts_of
from functions.shared.bank import BankHash
from functions.shared.log import Segment
from functions.shared.store.bank import BankStore
from functions.shared.store.log import LogStore
from local.environment import CREDENTIALS, REGION


@dataclass
class Unsent:
    """What answers, how often it was asked, and the processor time it took itself."""

    bank: Bank
    calls: int = 0
    seconds: float = 0
    client: Any = field(init=False)

    def __post_init__(self) -> None:
        self.client = boto3.client(
            "dynamodb",
            REGION,
            aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
        )
        self.client.meta.events.register("before-send.dynamodb", self._answer)

    def _answer(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        begun = thread_time()
        operation = _text(request.headers["X-Amz-Target"]).rpartition(".")[2]
        body = json.dumps(getattr(self, f"_{operation}")(json.loads(_text(request.body))))
        self.calls += 1
        answer = AWSResponse(request.url, 200, HTTPHeaders(), _Raw(body.encode()))
        self.seconds += thread_time() - begun
        return answer

    def _Query(self, asked: Any) -> Any:  # noqa: N802 - as AWS calls it
        """Answer for the log: its tail, or some segments."""
        if asked.get("ScanIndexForward") is False:
            return {"Items": [segment_item(self.bank.segment(self.bank.segments))]}
        values = asked["ExpressionAttributeValues"]
        first, last = (int(values[f":{end}"]["S"]) for end in ("first", "last"))
        begun = int(asked["ExclusiveStartKey"]["sk"]["S"]) + 1 if _goes_on(asked) else first
        end = min(begun + asked["Limit"] - 1, last)
        items = [segment_item(self.bank.segment(each)) for each in range(begun, end + 1)]
        more = {"LastEvaluatedKey": {name: items[-1][name] for name in ("pk", "sk")}}
        return {"Items": items, **(more if end < last else {})}

    def _BatchGetItem(self, asked: Any) -> Any:  # noqa: N802
        wanted = asked["RequestItems"][TABLE]
        items = [self._item(key, wanted) for key in wanted["Keys"]]
        return {"Responses": {TABLE: items}, "UnprocessedKeys": {}}

    def _UpdateItem(self, asked: Any) -> Any:  # noqa: N802
        """Answer to a partner's checkpoint."""
        return {}

    def _item(self, key: Any, wanted: Any) -> Any:
        pk, sk = key["pk"]["S"], key["sk"]["S"]
        if pk == "log":
            assert set(wanted["ExpressionAttributeNames"].values()) == {"number", "ts", "expires"}
            return {"number": {"N": str(int(sk))}, "ts": {"N": str(ts_of(int(sk)))}}
        hash_id = pk.removeprefix("hash#")
        if sk == "published":
            return published_item(self.bank.segment(segment_of(hash_id)), hash_id)
        return hash_item(self.bank.hash(hash_id))


class _Raw(BytesIO):
    """The body of an answer, as urllib3 hands it over."""

    def stream(self, **_: Any) -> Iterator[bytes]:
        yield self.read()


def hash_item(item: BankHash) -> Any:
    """Return what the store writes of a hash."""
    written = caught(lambda table: BankStore(table).write([item]))
    return next(put for put in items_of(written) if put["sk"]["S"] == "hash")


@lru_cache(maxsize=1_024)
def segment_item(segment: Segment) -> Any:
    """Return what the store writes of a segment."""
    return _appended(segment)[0]["Put"]["Item"]


def published_item(segment: Segment, hash_id: str) -> Any:
    """Return what the store writes of a hash's first time."""
    update = _appended(segment)[1 + segment.first_versions.index(hash_id)]["Update"]
    values = update["ExpressionAttributeValues"]
    return {**update["Key"], **{name.removeprefix(":"): value for name, value in values.items()}}


@lru_cache(maxsize=1_024)
def _appended(segment: Segment) -> list[Any]:
    return caught(lambda table: LogStore(table, BankStore(table)).append(segment))


def _goes_on(asked: Any) -> bool:
    return "ExclusiveStartKey" in asked


def _text(value: Any) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)
