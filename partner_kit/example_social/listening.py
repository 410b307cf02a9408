"""When to read the feed: on a hint from the queue, and every minute in any case."""

from collections.abc import Callable
from dataclasses import dataclass

from threatexchange.exchanges.clients.stopncii.api import StopNCIIAPI

from partner_kit.example_social.feedback import seconds_to_next, send_owed
from partner_kit.example_social.fetching import fetch
from partner_kit.example_social.notifications import LONG_POLL, Inbox
from partner_kit.example_social.platform import Platform

EVERY = 60
"""Seconds between two reads at most: a lost hint costs a minute and never a hash."""


@dataclass
class Listener:
    """Hears of changes and takes them in. `clock` gives Unix seconds."""

    platform: Platform
    api: StopNCIIAPI
    inbox: Inbox
    clock: Callable[[], float]
    read_at: float = float("-inf")

    def step(self) -> None:
        """Wait for a hint or for the minute to pass, then read the feed.

        Hints are deleted last, so that dying before leaves them in the queue.
        """
        hints = self.inbox.receive(min(LONG_POLL, wait)) if (wait := self._seconds_left()) else []
        if hints or not self._seconds_left():
            now = self.clock()
            fetch(self.api, self.platform.database, self.platform.lookout, int(now))
            self.read_at = now
            self.platform.owed.set()  # withdrawals wait to be confirmed
        self.inbox.delete(hints)

    def _seconds_left(self) -> int:
        passed = self.clock() - self.read_at
        return int(EVERY - passed) if 0 <= passed < EVERY else 0  # a clock set back reads at once


@dataclass
class Courier:
    """Brings feedback to the bank as soon as there is some, and again until it is accepted."""

    platform: Platform
    api: StopNCIIAPI
    clock: Callable[[], float]

    def step(self) -> None:
        """Send what is due, then wait until something else is."""
        self.platform.owed.clear()
        send_owed(self.api, self.platform.database, int(self.clock()))
        self.platform.owed.wait(seconds_to_next(self.platform.database, int(self.clock())))
