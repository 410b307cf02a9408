"""A partner's endpoint, as deliveries find it: working, failing, or disabled by the partner.

It is the breaker: while an endpoint fails, what arrives waits without an attempt.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

NOTED_EVERY = 60
"""Seconds. A success is written down at most this often, so that all being well costs little."""

REST = 4
"""Seconds after a failure in which no run begins, so that reminders that piled up come to one.
A second less than the first wait, for clocks are read in whole seconds."""


class EndpointState(StrEnum):
    """What is done with what arrives for it."""

    WORKING = "working"
    """It is tried."""
    FAILING = "failing"
    """The last attempt failed: what arrives waits, and a few of those that wait are tried."""
    DISABLED = "disabled"
    """The partner said that it is gone for good: what arrives is dropped until a replay."""


@dataclass(frozen=True)
class Endpoint:
    """What is known of an endpoint. All times are seconds since 1970."""

    state: EndpointState = EndpointState.WORKING
    since: int | None = None
    """Since when it is in this state; nothing if it never was in another."""
    last_delivered: int | None = None
    """When it last took something, to the minute."""
    last_failed: int | None = None
    missed_from: int | None = None
    """The time in the feed of the first change that was dropped and not replayed since."""
    version: int = 0
    """How often it was written."""

    @property
    def working(self) -> bool:
        return self.state is EndpointState.WORKING

    @property
    def disabled(self) -> bool:
        return self.state is EndpointState.DISABLED

    def resting(self, now: int) -> bool:
        """Whether it failed a moment ago."""
        failing = self.state is EndpointState.FAILING and self.last_failed is not None
        return failing and 0 <= now - (self.last_failed or 0) < REST

    def delivered(self, now: int) -> "Endpoint":
        """Return it after it took something. That alone does not enable what is disabled."""
        if self.state is EndpointState.FAILING:
            return replace(self._turned(EndpointState.WORKING, now), last_delivered=now)
        noted = self.last_delivered is not None and 0 <= now - self.last_delivered < NOTED_EVERY
        return self if noted or self.disabled else replace(self, last_delivered=now)

    def failed(self, now: int) -> "Endpoint":
        """Return it after it did not take something."""
        if self.disabled:
            return self
        turned = self._turned(EndpointState.FAILING, now) if self.working else self
        return replace(turned, last_failed=now)

    def gone(self, now: int) -> "Endpoint":
        """Return it after the partner said that it is gone."""
        return self if self.disabled else self._turned(EndpointState.DISABLED, now)

    def missed(self, cursor: int) -> "Endpoint":
        """Return it after something for it was dropped, if it is disabled."""
        known = self.missed_from is not None and self.missed_from <= cursor
        return self if known or not self.disabled else replace(self, missed_from=cursor)

    def enabled(self, now: int) -> "Endpoint":
        """Return it after the partner asked for a replay, which says that it is there again."""
        return self._turned(EndpointState.WORKING, now) if self.disabled else self

    def caught_up(self, start: int, end: int, seen: "Endpoint | None") -> "Endpoint":
        """Return it after a replay of the feed from `start` up to `end`.

        If that was the end of the feed, `seen` is the endpoint as it was before the end was looked
        up. When it has turned since, it may have missed something that lies behind.
        """
        if self.disabled or self.missed_from is None or start > self.missed_from:
            return self
        if seen and (self.state, self.since) == (seen.state, seen.since):
            return replace(self, missed_from=None)
        return replace(self, missed_from=max(end, self.missed_from))

    def _turned(self, state: EndpointState, now: int) -> "Endpoint":
        return replace(self, state=state, since=now)
