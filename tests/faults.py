"""Faults where our code meets AWS: calls refused, answers lost, batches cut short, rivals."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, repeat
from typing import Any

from botocore.awsrequest import AWSResponse
from botocore.compat import HTTPHeaders
from botocore.exceptions import ReadTimeoutError

ALWAYS = -1


def record_calls(client: Any) -> list[str]:
    """Return a list that every call of this client adds its operation's name to."""
    calls: list[str] = []
    client.meta.events.register("before-call", lambda model, **_: calls.append(model.name))
    return calls


def refuse(client: Any, operation: str, code: str, times: int = 1, **details: Any) -> None:
    """Let the next calls fail with an error of AWS, before they reach anything."""
    turns = _turns(times)

    def answer(**_: Any) -> tuple[AWSResponse, dict[str, Any]] | None:
        if not next(turns):
            return None
        error = {"Error": {"Code": code, "Message": "refused by a test"}, **details}
        return AWSResponse("https://refused.test", 400, HTTPHeaders(), None), error

    client.meta.events.register(f"before-call.*.{operation}", answer)


def lose_answer(client: Any, operation: str, times: int = 1) -> None:
    """Let the next calls do their work, and their answers get lost on the way back."""
    turns = _turns(times)

    def lose(**_: Any) -> None:
        if next(turns):
            raise ReadTimeoutError(endpoint_url="https://lost.test")

    client.meta.events.register(f"after-call.*.{operation}", lose)


def interrupt(client: Any, operation: str, act: Callable[[], object], times: int = 1) -> None:
    """Let somebody else act just before the next calls."""
    turns = _turns(times)

    def before(**_: Any) -> None:
        if next(turns):
            act()

    client.meta.events.register(f"before-call.*.{operation}", before)


def cut_reads_short(client: Any, times: int) -> None:
    """Let the next batch reads answer one item and leave the other keys unprocessed."""
    turns = _turns(times)

    def cut(parsed: dict[str, Any], **_: Any) -> None:
        for table, items in list(parsed["Responses"].items()):
            if len(items) > 1 and next(turns):
                parsed["Responses"][table] = items[:1]
                keys = [{"pk": item["pk"], "sk": item["sk"]} for item in items[1:]]
                parsed["UnprocessedKeys"] = {table: {"Keys": keys, "ConsistentRead": True}}

    client.meta.events.register("after-call.dynamodb.BatchGetItem", cut)


def cut_writes_short(client: Any, times: int) -> None:
    """Let the next batch writes do one item and leave the others unprocessed."""
    turns = _turns(times)
    left: dict[str, Any] = {}

    def cut(params: dict[str, Any], **_: Any) -> None:
        left.clear()
        for table, requests in list(params["RequestItems"].items()):
            if len(requests) > 1 and next(turns):
                left[table] = requests[1:]
                params["RequestItems"] = {table: requests[:1]}

    def admit(parsed: dict[str, Any], **_: Any) -> None:
        if left:
            parsed["UnprocessedItems"] = dict(left)

    client.meta.events.register("provide-client-params.dynamodb.BatchWriteItem", cut)
    client.meta.events.register("after-call.dynamodb.BatchWriteItem", admit)


@dataclass
class Strike:
    """One fault at the nth call to AWS, whichever it is: the connection dies before or after."""

    nth: int
    after: bool
    seen: int = 0
    struck: bool = False

    def on(self, *clients: Any) -> "Strike":
        """Lie in wait at these clients."""
        for client in clients:
            client.meta.events.register("after-call" if self.after else "before-call", self._call)
        return self

    def _call(self, **_: Any) -> None:
        self.seen += 1
        if self.seen == self.nth:
            self.struck = True
            raise ReadTimeoutError(endpoint_url="https://lost.test")


def _turns(times: int) -> Iterator[bool]:
    return repeat(True) if times == ALWAYS else chain(repeat(True, times), repeat(False))
