"""What has just arrived for a partner: handed over at once, or left to wait."""

from functions.partner_sync.shift import Shift
from functions.shared.deliveries import Delivery


def take(shift: Shift, delivery: Delivery) -> None:
    """Hand over what has just arrived, or store it so that it may be forgotten by the queue.

    An endpoint that fails is spared: what arrives waits, and the due runs find out when it works
    again. So does what comes when this run's time is up.
    """
    if shift.endpoint.disabled:
        shift.change(lambda endpoint: endpoint.missed(delivery.cursor))
    if shift.endpoint.disabled:
        shift.counts["missed"] += 1
    elif shift.endpoint.working and not shift.over:
        _try(shift, delivery)
    else:
        _leave(shift, delivery)


def _try(shift: Shift, delivery: Delivery) -> None:
    outcome = shift.attempt(delivery.notification)
    if outcome.error:
        failed = delivery.failed(outcome.error, shift.app.now())
        shift.app.store.deliveries.add(shift.partner.id, failed)
    elif delivery.may_be_stored:
        # It came out of the dead letters, or twice: taken, it neither waits nor is parked.
        shift.app.store.deliveries.taken(shift.partner.id, delivery.id)
    shift.note(outcome)


def _leave(shift: Shift, delivery: Delivery) -> None:
    shift.app.store.deliveries.add(shift.partner.id, delivery)
    if shift.endpoint.working:
        shift.wake_in(0)
