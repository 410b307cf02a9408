"""The same stage over moto: boto3's own client, and each function with its own rights only."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

import greenlet
from botocore.exceptions import ReadTimeoutError

from functions.shared.app import App
from functions.shared.store import Store
from infrastructure import schema
from tests.rights import session
from tests.simulation.broken import holds
from tests.simulation.dynamodb import MemoryDynamoDB
from tests.simulation.faults import Faults, after_it, before_it, later
from tests.simulation.stage import Actor, Stage, pause
from tests.simulation.watch import Watch
from tests.simulation.world import StagedApp
from tests.world import CHEAP, World, create_table, world

WRITES = {
    "PutItem": "put_item",
    "UpdateItem": "update_item",
    "DeleteItem": "delete_item",
    "BatchWriteItem": "batch_write_item",
    "TransactWriteItems": "transact_write_items",
}


@dataclass
class Cloud:
    """One moto for many schedules. Its clients are made once, for they take longest."""

    made: World
    clients: dict[tuple[str, str], Any] = field(default_factory=dict)

    def connect(self, handler: str, service: str) -> Any:
        """Return a client with a handler's rights, which asks the stage at every call."""
        if (handler, service) not in self.clients:
            client = self.made.app_for(handler).connect(service)
            for event, told in (
                ("provide-client-params", _asked),
                ("before-call", _before),
                ("after-call", _after),
            ):
                client.meta.events.register(event, told)
            self.clients[handler, service] = client
        return self.clients[handler, service]

    def empty(self) -> None:
        """Make every table anew."""
        for table in schema.TABLES:
            session().client("dynamodb").delete_table(TableName=table.name)
            create_table(table)


@contextmanager
def cloud() -> Iterator[Cloud]:
    """Make a moto and take it down again."""
    with world() as made:
        yield Cloud(made)


@dataclass
class MotoWorld:
    """One bank in moto. What was written is repeated in memory, for the watch to see it."""

    cloud: Cloud
    stage: Stage
    faults: Faults

    def __post_init__(self) -> None:
        self.cloud.empty()
        self.stage.world = self

    @cached_property
    def watch(self) -> Watch:
        """Who looks at every write."""
        return Watch(schema.BANK.name, schema.CASES.name, lambda: self.stage.time)

    @cached_property
    def shadow(self) -> MemoryDynamoDB:
        """The same tables in memory."""
        made = MemoryDynamoDB.of(table.name for table in schema.TABLES)
        made.committed.append(self.watch)
        return made

    def app(self, handler: str) -> App:
        """Return a new App, as a new copy of a function has."""
        return StagedApp(
            self.cloud.made.env,
            lambda service, region=None: self.cloud.connect(handler, service),
            self.stage.clock,
            CHEAP,
            elapsed=lambda: self.stage.time,
        )

    @property
    def store(self) -> Store:
        """The tables as they are, without faults."""
        return StagedApp(self.cloud.made.env, lambda *_: self.shadow).store

    def check_tables(self) -> None:
        """Check that moto holds what the tables in memory hold."""
        for name in ("cases", "bank"):
            stored = {str(_plain(item)) for item in self.cloud.made.items(name)}
            wanted = {str(_plain(item)) for item in self.shadow.tables[name].all()}
            holds(stored == wanted, "moto", f"{name} is what was written")


@dataclass
class Call:
    """What an actor is asking for, and what goes wrong with it."""

    params: Any
    fault: str | None = None


def _asked(params: Any, **_: Any) -> None:
    if actor := _actor():
        actor.call = Call(deepcopy(params))


def _before(model: Any, **_: Any) -> None:
    """Let others go on, then fail or not."""
    if actor := _actor():
        pause()
        faults: Faults = actor.stage.world.faults
        faults.calls += 1
        actor.call.fault = fault = faults.drawn(model.name)
        actor.stage.trace.append(f"{model.name} {fault or ''}")
        if fault:
            before_it(fault, model.name)
        if fault == "late":
            staged, params = actor.stage.world, actor.call.params
            actor.stage.add(
                "a late call", lambda: later(params, partial(_again, staged, model.name))
            )
            raise ReadTimeoutError(endpoint_url="https://late.test")


def _after(parsed: Any, model: Any, http_response: Any, **_: Any) -> None:
    """Repeat in memory what was done, then lose the answer or not."""
    if (actor := _actor()) is None or http_response.status_code != 200:
        return
    staged: MotoWorld = actor.stage.world
    _repeat(staged, model.name, actor.call.params)
    if model.name == "BatchGetItem" and actor.call.fault == "short":
        _cut_short(parsed)
    if actor.call.fault == "twice" and model.name != "TransactWriteItems":
        pause()
        _again(staged, model.name, actor.call.params)
    if actor.call.fault:
        after_it(actor.call.fault)


def _again(staged: MotoWorld, operation: str, params: Any) -> Any:
    """Carry a call out once more, or late, as AWS does when nobody listens any more."""
    if operation in WRITES:
        getattr(session().client("dynamodb"), WRITES[operation])(**params)
    _repeat(staged, operation, params)


def _repeat(staged: MotoWorld, operation: str, params: Any) -> None:
    """Do in memory what moto did."""
    if operation in WRITES:
        getattr(staged.shadow, WRITES[operation])(**params)
    if operation == "Publish":
        staged.watch.told.append(params["Message"])


def _cut_short(parsed: Any) -> None:
    for table, items in list(parsed["Responses"].items()):
        if len(items) > 1 and all("pk" in item for item in items):
            items.sort(key=str)
            keys = [{"pk": item["pk"], "sk": item["sk"]} for item in items[1:]]
            parsed["Responses"][table] = items[:1]
            parsed["UnprocessedKeys"] = {table: {"Keys": keys, "ConsistentRead": True}}


def _actor() -> Any:
    me = greenlet.getcurrent()
    return me if isinstance(me, Actor) and me.stage.world else None


def _plain(item: Any) -> Any:
    return sorted(item.items())
