"""One partner's way out on a clock of the test's own, and a partner that answers as it is told."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.partner_sync import deliver as module
from functions.shared import transports
from functions.shared.app import App
from functions.shared.deliveries import REMINDER
from functions.shared.errors import Gone, Undelivered
from functions.shared.notification import Notification
from infrastructure.routes import DELIVERER
from tests.world import World

REMINDED = json.dumps({"type": REMINDER})
PARTNER = "example-social"


def event_id(number: int) -> str:
    return f"msg_{number:012d}_ImagePDQ"


def message(number: int, cursor: int = 1_800_000_000) -> str:
    """Return a notification as the sequencer makes them."""
    changes = [{"hashId": f"hash-{number}", "version": 1}]
    body = {"type": "bank.changed", "id": event_id(number), "signalType": "ImagePDQ"}
    return json.dumps(body | {"cursor": cursor, "changes": changes}, separators=(",", ":"))


def batch(*bodies: str) -> dict[str, Any]:
    """Return what Lambda hands over from a queue."""
    return {
        "Records": [
            {
                "messageId": f"message-{place}",
                "receiptHandle": "handle",
                "body": body,
                "attributes": {},
                "messageAttributes": {},
                "eventSource": "aws:sqs",
                "eventSourceARN": "arn:aws:sqs:eu-north-1:000000000000:bank-example-social",
                "awsRegion": "eu-north-1",
            }
            for place, body in enumerate(bodies)
        ]
    }


@dataclass
class Receiver:
    """The partner's side: a transport that takes all, until it is told otherwise."""

    world: World
    down: Callable[[Notification], bool] = lambda _: False
    gone: bool = False
    during: Callable[[], object] = lambda: None
    """What happens elsewhere during the next attempt."""
    seconds: float = 0
    """How long an attempt takes."""
    asked: list[tuple[float, str]] = field(default_factory=list)
    """Every attempt: when it was made, and what was told."""
    taken: list[Notification] = field(default_factory=list)

    def __call__(self, app: App, settings: dict[str, Any], notification: Notification) -> None:
        self.asked.append((self.world.now, notification.id))
        self.world.now += self.seconds
        elsewhere, self.during = self.during, lambda: None
        elsewhere()
        if self.gone:
            raise Gone
        if self.down(notification):
            raise Undelivered("timeout")
        self.taken.append(notification)

    @property
    def ids(self) -> list[str]:
        """What was taken, in this order."""
        return [one.id for one in self.taken]


@dataclass
class Channel:
    """The deliverer of one partner."""

    world: World
    patch: pytest.MonkeyPatch
    running: str = ""

    @property
    def app(self) -> App:
        """The App of the running copy."""
        return self.world.app_for(DELIVERER, self.running)

    def receiver(self) -> Receiver:
        """Put a partner of the test's own at the other end."""
        made = Receiver(self.world)
        self.patch.setitem(transports.TRANSPORTS, "sqs", made)
        return made

    def arrive(self, *bodies: str) -> list[str]:
        """Hand a batch to the function; return the ids of the messages that come back."""
        self.patch.setattr(module, "app", lambda: self.app)
        answered = module.handler(batch(*bodies), LambdaContext())
        return [one["itemIdentifier"] for one in answered["batchItemFailures"]]

    def remind(self, later: float = 0) -> None:
        """Let time go by, and then remind the function as the clock does each minute."""
        self.world.now += later
        assert self.arrive(REMINDED) == []

    def wakes(self) -> list[int]:
        """Return a list to which each wish to be reminded is added, as seconds from then on."""
        asked: list[int] = []

        def note(params: dict[str, Any], **_: Any) -> None:
            assert params["QueueUrl"] == self.world.env["QUEUE_URL"]
            assert json.loads(params["MessageBody"]) == {"type": REMINDER}
            asked.append(params["DelaySeconds"])

        self.app.queues().meta.events.register("provide-client-params.sqs.SendMessage", note)
        return asked

    def next_due(self) -> int | None:
        """Return when the first of what waits is due."""
        due = [int(item["due"]["N"]) for item in self.world.items("deliveries") if _is_due(item)]
        return min(due, default=None)

    def stored(self, kind: str) -> dict[str, dict[str, Any]]:
        """Return what is stored of deliveries in one state, by id."""
        return {
            item["id"]["S"]: item
            for item in self.world.items("deliveries")
            if item["sk"]["S"].startswith(f"{kind}#")
        }


def _is_due(item: dict[str, Any]) -> bool:
    return bool(item["sk"]["S"].startswith("due#"))
