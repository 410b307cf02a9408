"""What lies in a partner's queue with us: notifications, and reminders that some may be due."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from functions.shared.deliveries import REMINDER, Delivery, arrived
from functions.shared.events import BANK_CHANGED
from functions.shared.notification import Notification


class NotOurs(Exception):
    """A message that we did not write. It ends among the dead letters."""


class _Message(BaseModel):
    model_config = ConfigDict(strict=True)

    type: str


class _Changed(_Message):
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,80}$")]
    signalType: Annotated[str, Field(min_length=1)]  # noqa: N815 - the wire's name
    cursor: Annotated[int, Field(ge=0)]
    changes: list[dict[str, Any]]


def read(body: str, now: int) -> Delivery | None:
    """Return the delivery that a message asks for, or nothing if it is a reminder.

    Raises:
        NotOurs: neither.
    """
    try:
        kind = _Message.model_validate_json(body).type
    except ValidationError:
        raise NotOurs from None
    return None if kind == REMINDER else delivery_of(body, now)


def delivery_of(notification: str, now: int) -> Delivery:
    """Return the delivery, not tried yet, of a notification as `events` makes them.

    Raises:
        NotOurs: it is none.
    """
    try:
        changed = _Changed.model_validate_json(notification)
    except ValidationError:
        raise NotOurs from None
    if changed.type != BANK_CHANGED:
        raise NotOurs
    told = Notification(changed.id, notification, changed.signalType)
    return arrived(told, changed.cursor, len(changed.changes), now)
