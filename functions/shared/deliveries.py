"""Deliveries that did not get through: when each is tried again, and when it is given up.

No clock in here: `now` is seconds since 1970, and who asks says what it is.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from functions.shared.notification import Notification

MINUTE, HOUR, DAY = 60, 3_600, 86_400

WAITS = (5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)
"""Seconds from one attempt to the next; with the first attempt ten, in 3 days, 3 h 35 min and 5 s.
Source: Standard Webhooks specification, "Deliverability and reliability"."""

LEASE = 90
"""Seconds for which an attempt keeps a delivery to itself: longer than any run of ours may live."""

LONGEST_WAIT = 7 * DAY
"""Seconds. While an endpoint fails it gets few attempts, however many deliveries wait. Those that
had no turn in this time are parked with the rest, so that nothing waits for ever."""

KEPT_PARKED = 90 * DAY
"""Seconds. As long as a withdrawn hash may stay in the feed."""

KEPT_WAITING = LONGEST_WAIT + KEPT_PARKED
"""Seconds from when its schedule began. Only what nobody is left to deliver or to park, because its
partner has left, is still there then."""

NEW = MINUTE
"""Seconds for which a change is news. What tells of an older one may have been here before."""

REMINDER = "deliveries.due"
"""The type of the message that says no more than: look whether something is due."""


class DeliveryState(StrEnum):
    """Where a delivery stands. One that got through is not kept."""

    WAITING = "waiting"
    PARKED = "parked"


@dataclass(frozen=True)
class Delivery:
    """A notification that a partner has not taken yet."""

    notification: Notification
    cursor: int
    """The time in the feed that it tells of."""
    changes: int
    """How many changes it names."""
    created: int
    begun: int
    """When its schedule began: when it was created, or replayed last."""
    due: int
    """When it is tried next. Of a parked one, when it was to be tried last."""
    attempts: int = 0
    """Attempts that are known to have failed since `begun`."""
    error: str | None = None
    """Why the last one failed, in our own words."""
    parked_at: int | None = None

    @property
    def id(self) -> str:
        """The id under which the partner hears of it, at every attempt."""
        return self.notification.id

    @property
    def state(self) -> DeliveryState:
        """Whether it is tried again by itself."""
        return DeliveryState.WAITING if self.parked_at is None else DeliveryState.PARKED

    @property
    def may_be_stored(self) -> bool:
        """Whether what has just arrived may have come before, and not have been taken then."""
        return self.created - self.cursor >= NEW

    def leased(self, now: int) -> "Delivery":
        """Return it as it stands during an attempt: should we die, it is due again afterwards."""
        return replace(self, due=now + LEASE)

    def failed(self, reason: str, now: int) -> "Delivery":
        """Return it after an attempt that failed: waiting for the next one, or parked."""
        tried = replace(self, attempts=self.attempts + 1, error=reason)
        if self.attempts >= len(WAITS) or self.overdue(now):
            return tried.parked(now)
        return replace(tried, due=now + WAITS[self.attempts])

    def overdue(self, now: int) -> bool:
        """Whether it has waited longer than anything should."""
        return now >= self.begun + LONGEST_WAIT

    def parked(self, now: int) -> "Delivery":
        """Return it given up, until somebody replays it."""
        return replace(self, parked_at=now)

    def replayed(self, now: int) -> "Delivery":
        """Return it with its schedule before it; one that awaits its first attempt as it is."""
        untried = self.state is DeliveryState.WAITING and self.attempts == 0
        if untried and self.due <= now:
            return self
        return replace(self, begun=now, due=now, attempts=0, parked_at=None)


def arrived(notification: Notification, cursor: int, changes: int, now: int) -> Delivery:
    """Return what has not been tried yet. It is due at once."""
    return Delivery(notification, cursor, changes, created=now, begun=now, due=now)
