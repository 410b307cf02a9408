"""What a handler has to work with, made from the environment when it is first used."""

import os
import secrets
import socket
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import cache, cached_property
from typing import Any

from functions.shared import clients
from functions.shared.clients import ONE_TRY
from functions.shared.credentials import Kdf
from functions.shared.mac import KmsMac
from functions.shared.secret_values import SecretValues
from functions.shared.store import Store


def _addresses(host: str) -> list[str]:
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


@dataclass(frozen=True)
class App:
    """The outside world of one function: clients, clock, chance, and its settings.

    A client is made when it is first used, so a function pays only for the services it speaks to.
    """

    env: Mapping[str, str]
    connect: Callable[..., Any] = clients.connect
    clock: Callable[[], float] = time.time
    kdf: Kdf = field(default_factory=Kdf)
    resolve: Callable[[str], Iterable[str]] = _addresses
    elapsed: Callable[[], float] = time.monotonic
    """For how long something has gone on. The clock may be put back meanwhile, this never is."""
    _queues: dict[str | None, Any] = field(default_factory=dict, init=False, repr=False)

    @cached_property
    def store(self) -> Store:
        """The tables."""
        return Store(
            self.connect("dynamodb"),
            self.env.get("CASES_TABLE", ""),
            self.env.get("BANK_TABLE", ""),
            self.env.get("DELIVERIES_TABLE", ""),
            self.env.get("ERASURES_TABLE", ""),
            self.clock,
        )

    @cached_property
    def mac(self) -> KmsMac:
        """The keyed MAC."""
        return KmsMac(self.connect("kms"), self.env["MAC_KEY"])

    @cached_property
    def secret_values(self) -> SecretValues:
        """Secrets that are shared with partners."""
        return SecretValues(self.connect("secretsmanager", config=ONE_TRY), self.elapsed)

    def queues(self, region: str | None = None) -> Any:
        """Return SQS in the region where a partner has its queue, or in ours."""
        if region not in self._queues:
            self._queues[region] = self.connect("sqs", region, config=ONE_TRY)
        return self._queues[region]

    def announce(self, notification: str, signal_type: str) -> None:
        """Publish a notification to the topic that every partner's queue listens to."""
        _publish(self._sns, self.env["TOPIC_ARN"], notification, signal_type)

    def publish(self, topic: str, message: str, signal_type: str) -> None:
        """Publish a message to the topic that one partner's own queues listen to."""
        _publish(self.topics, topic, message, signal_type)

    @cached_property
    def topics(self) -> Any:
        """SNS, as partners are told by it."""
        return self.connect("sns", config=ONE_TRY)

    @property
    def disputed_after(self) -> int:
        """How many partners have to object before a hash is disputed.

        Raises:
            ValueError: the setting lets one partner do it alone.
        """
        number = int(self.env.get("DISPUTED_AFTER", "3"))
        if number < 2:
            raise ValueError("DISPUTED_AFTER")
        return number

    @cached_property
    def _sns(self) -> Any:
        return self.connect("sns")

    def now(self) -> int:
        """Return whole seconds since 1970."""
        return int(self.clock())

    def today(self) -> date:
        """Return the day in UTC; nothing finer is stored about a case."""
        return datetime.fromtimestamp(self.clock(), UTC).date()

    def new_id(self) -> str:
        """Return 128 random bits as 22 URL-safe symbols."""
        return secrets.token_urlsafe(16)


def _publish(sns: Any, topic: str, message: str, signal_type: str) -> None:
    """Publish a message to a topic of ours, where queues filter by signal type."""
    sns.publish(
        TopicArn=topic,
        Message=message,
        MessageAttributes={"signalType": {"DataType": "String", "StringValue": signal_type}},
    )


@cache
def app() -> App:
    """Return the App of this process."""
    return App(os.environ)
