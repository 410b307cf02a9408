"""One run of a partner's deliverer: what it knows of the endpoint, and how long it may go on."""

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from botocore.exceptions import BotoCoreError, ClientError

from functions.shared import transports
from functions.shared.app import App
from functions.shared.deliveries import REMINDER, WAITS
from functions.shared.endpoint import Endpoint
from functions.shared.errors import Gone, Undelivered
from functions.shared.notification import Notification
from functions.shared.partners import Partner

SECONDS = 20
"""No attempt begins later. With the 15 s that one may take by any transport, and two wishes to be
reminded of 6 s at most, a run ends well within the function's minute, and a delivery's lease
outlives it. Only a table that hangs takes longer, and then there is nothing to write to."""


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt: nothing, or why it failed, in our own words."""

    error: str | None = None
    gone: bool = False
    cause: str | None = None
    """Of a fault of ours: what it was, for the log and not for the partner."""


@dataclass
class Shift:
    """A run. `counts` is for the metrics, `reasons` for the log."""

    app: App
    partner: Partner
    counts: Counter[str] = field(default_factory=Counter)
    reasons: set[str] = field(default_factory=set)
    retried: bool = False
    """Whether it looked for what is due already; reminders that came together are one."""
    _known: Endpoint | None = None
    _wakes: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._ends = self.app.elapsed() + SECONDS

    @property
    def endpoint(self) -> Endpoint:
        """The endpoint as it was last read or written."""
        if self._known is None:
            self._known = self.app.store.endpoints.get(self.partner.id)
        return self._known

    @property
    def over(self) -> bool:
        """Whether its time is up."""
        return self.app.elapsed() >= self._ends

    def attempt(self, notification: Notification) -> Outcome:
        """Hand a notification over."""
        outcome = self._outcome(notification)
        self.counts["undelivered" if outcome.error else "delivered"] += 1
        if outcome.error:
            self.reasons.add(outcome.cause or outcome.error)
        return outcome

    def note(self, outcome: Outcome) -> None:
        """Remember what an attempt says of the endpoint. The delivery itself is settled before."""
        now, before = self.app.now(), self.endpoint
        if outcome.gone:
            self.change(lambda endpoint: endpoint.gone(now))
            self.counts["disabled"] += self.endpoint.disabled and not before.disabled
        elif outcome.error:
            self.change(lambda endpoint: endpoint.failed(now))
            if before.working:
                self.wake_in(WAITS[0])
        else:
            self.change(lambda endpoint: endpoint.delivered(now))

    def change(self, change: Callable[[Endpoint], Endpoint]) -> None:
        """Write down what has become of the endpoint."""
        store = self.app.store.endpoints
        self._known = store.change(self.partner.id, self.endpoint, change)

    def wake_in(self, seconds: int) -> None:
        """Ask for a run before the one that comes each minute anyway."""
        self._wakes.add(seconds)

    def close(self) -> None:
        """Send what was asked for."""
        for seconds in sorted(self._wakes):
            # The reminder of the next minute makes up for one that gets lost.
            with suppress(BotoCoreError, ClientError):
                self.app.queues().send_message(
                    QueueUrl=self.app.env["QUEUE_URL"],
                    MessageBody=f'{{"type":"{REMINDER}"}}',
                    DelaySeconds=seconds,
                )

    def _outcome(self, notification: Notification) -> Outcome:
        try:
            transports.deliver(self.app, self.partner, notification)
        except Gone:
            return Outcome("gone", gone=True)
        except Undelivered as failed:
            return Outcome(failed.reason)
        except Exception as fault:
            # A fault of ours counts as well: what cannot be sent must not be tried for ever.
            return Outcome("our fault", cause=type(fault).__name__)
        return Outcome()
