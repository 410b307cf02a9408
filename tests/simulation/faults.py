"""What goes wrong at a call to AWS, and when."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import greenlet
from botocore.exceptions import ClientError, ReadTimeoutError

from tests.simulation.dynamodb.refused import error
from tests.simulation.stage import Actor, Killed, Stage, pause

Params = dict[str, Any]
Act = Callable[[Params], Params]

READS = frozenset({"GetItem", "BatchGetItem", "Query", "GenerateMac"})
ALWAYS = ("killed before", "killed after", "lost before", "lost after", "busy")
ALSO = {
    "TransactWriteItems": ("conflict", "late", "twice"),
    "UpdateItem": ("conflict", "late", "twice"),
    "PutItem": ("late", "twice"),
    "DeleteItem": ("late", "twice"),
    "BatchWriteItem": ("short", "late", "twice"),
    "BatchGetItem": ("short",),
    "Query": ("short",),
    "Publish": ("late", "twice"),
}
"""`late`: the answer is lost, and the call is carried out some turns after that. `twice`: the
answer is lost, and the SDK sends the call again."""

HANDLED = frozenset({"short", "twice"})
LATER = HANDLED | {"killed after", "lost after", "late"}
"""What is done with a call itself or after it."""

MOST_CALLS = 1_500
"""After so many a schedule goes on without faults, so that everybody can finish."""


@dataclass
class Faults:
    """Faults at one stage. Every call is a place where others may come between."""

    stage: Stage
    rate: float
    calls: int = 0

    def around(self, operation: str, params: Params, act: Act) -> Params:
        """Carry out a call as well as it goes."""
        self._says(operation)
        pause()
        self.calls += 1
        fault = self.drawn(operation)
        self.stage.trace.append(f"{operation} {fault or ''}")
        if fault is None:
            return self._slowly(operation, params, act)
        before_it(fault, operation)
        if fault == "short":
            return self._short(operation, params, act)
        if fault == "late":
            self.stage.add("a late call", lambda: later(params, act))
            raise ReadTimeoutError(endpoint_url="https://late.test")
        answer = act(params)
        pause()
        if fault == "twice" and operation != "TransactWriteItems":
            answer = act(params)  # a transaction has a token by which AWS knows it again
        after_it(fault)
        return answer

    def _says(self, operation: str) -> None:
        """Let others see what somebody is about to do."""
        me = greenlet.getcurrent()
        if isinstance(me, Actor):
            me.call = operation

    def drawn(self, operation: str) -> str | None:
        """Return what goes wrong at this call, if anything."""
        if self.calls > MOST_CALLS or not self.stage.chance(self.rate):
            return None
        return self.stage.draw.choice((*ALWAYS, *ALSO.get(operation, ())))

    def _slowly(self, operation: str, params: Params, act: Act) -> Params:
        """Let others come between the items of one read, and pages be short: it is no snapshot."""
        if operation == "Query" and self.stage.chance(0.2):
            return self._short(operation, params, act)
        if operation != "BatchGetItem" or not self.stage.chance(0.3):
            return act(params)
        first, rest = self._split_keys(params)
        one = act(first) if first else {"Responses": {}}
        pause()
        other = act(rest) if rest else {"Responses": {}}
        tables = sorted({*one["Responses"], *other["Responses"]})
        read = {
            name: one["Responses"].get(name, []) + other["Responses"].get(name, [])
            for name in tables
        }
        return {"Responses": read, "UnprocessedKeys": {}}

    def _short(self, operation: str, params: Params, act: Act) -> Params:
        """Let a batch or a page end early, and say so."""
        if operation == "Query":
            limit = self.stage.draw.randint(1, 3)
            return act(params | {"Limit": min(limit, params.get("Limit", limit))})
        if operation == "BatchGetItem":
            first, rest = self._split_keys(params)
            answer = act(first) if first else {"Responses": {}}
            return answer | {"UnprocessedKeys": rest.get("RequestItems", {})}
        [(table, requests)] = params["RequestItems"].items()
        done = self.stage.draw.randint(0, len(requests) - 1)
        if done:
            act({"RequestItems": {table: requests[:done]}})
        return {"UnprocessedItems": {table: requests[done:]}}

    def _split_keys(self, params: Params) -> tuple[Params, Params]:
        """Return two requests for the keys of one. Their order comes from sets, so not from it."""
        parts: tuple[Params, Params] = ({}, {})
        for table, request in params["RequestItems"].items():
            for key in sorted(request["Keys"], key=str):
                part = parts[self.stage.draw.randrange(2)].setdefault("RequestItems", {})
                part.setdefault(table, {**request, "Keys": []})["Keys"].append(key)
        return parts


def before_it(fault: str, operation: str) -> None:
    """Raise what keeps a call from being carried out."""
    match fault:
        case "killed before":
            raise Killed
        case "lost before":
            raise ReadTimeoutError(endpoint_url="https://lost.test")
        case "busy" if operation == "TransactWriteItems":
            reasons = [{"Code": "ThrottlingError"}]
            raise error("TransactionCanceledException", operation, CancellationReasons=reasons)
        case "busy":
            raise error("ProvisionedThroughputExceededException", operation)
        case "conflict" if operation == "TransactWriteItems":
            reasons = [{"Code": "None"}, {"Code": "TransactionConflict"}]
            raise error("TransactionCanceledException", operation, CancellationReasons=reasons)
        case "conflict":
            raise error("TransactionConflictException", operation)
        case _ if fault not in LATER:
            raise ValueError(fault)


def after_it(fault: str) -> None:
    """Raise what keeps its answer from arriving."""
    match fault:
        case "killed after":
            raise Killed
        case "lost after":
            raise ReadTimeoutError(endpoint_url="https://lost.test")
        case _ if fault not in HANDLED:
            raise ValueError(fault)


def later(params: Params, act: Act) -> None:
    """Carry out a call whose sender has given up; nobody hears how it went."""
    for _ in range(4):
        pause()
    try:
        act(params)
    except ClientError:
        return
