"""What is due for a partner: tried again, the oldest first, for as long as the partner takes it."""

from functions.partner_sync.shift import Shift
from functions.shared.deliveries import Delivery, DeliveryState

MOST_FAILURES = 2
"""In a row, then a run ends: an endpoint that fails is not asked more often, whatever waits. Two,
for one may be a message that this partner alone cannot take, and another shows that."""


def retry_due(shift: Shift) -> None:
    """Try what is due. Time is short: if it runs out while all goes well, another run is asked for.

    It does so once a run, and not in the moment after a failure, so that reminders that piled up
    while nobody looked do not fall upon the partner together.
    """
    now = shift.app.now()
    if shift.retried or shift.endpoint.resting(now):
        return
    shift.retried = True
    _retry(shift, now)
    if shift.over and shift.endpoint.working:
        shift.wake_in(0)


def _retry(shift: Shift, now: int) -> None:
    failures = 0
    for due in shift.app.store.deliveries.due(shift.partner.id, now):
        if shift.over:
            return
        found = shift.app.store.deliveries.waiting(shift.partner.id, due)
        if found is None:
            continue
        if not shift.endpoint.disabled and failures < MOST_FAILURES:
            failures = _failures(shift, found, failures)
        elif found.overdue(now):
            _settle(shift, found, found.parked(now))
        else:
            return


def _failures(shift: Shift, found: Delivery, so_far: int) -> int:
    """Try one delivery, unless a rival has it; return how many have failed in a row."""
    claimed = found.leased(shift.app.now())
    if not shift.app.store.deliveries.settle(shift.partner.id, found, claimed):
        return so_far
    outcome = shift.attempt(claimed.notification)
    now = shift.app.now()
    _settle(shift, claimed, claimed.failed(outcome.error, now) if outcome.error else None)
    shift.note(outcome)
    return so_far + 1 if outcome.error else 0


def _settle(shift: Shift, seen: Delivery, then: Delivery | None) -> None:
    """Store what became of a delivery; if it moved in between, that stands and it is due anew."""
    settled = shift.app.store.deliveries.settle(shift.partner.id, seen, then)
    shift.counts["parked"] += settled and then is not None and then.state is DeliveryState.PARKED
