"""How deliveries look in the table, and the writes by which one moves."""

from collections.abc import Iterator
from typing import Any

from functions.shared.deliveries import KEPT_PARKED, KEPT_WAITING, Delivery, DeliveryState
from functions.shared.notification import Notification
from functions.shared.store.codec import Item, Key
from functions.shared.store.table import EXPIRES, Table
from functions.shared.store.transactions import delete, put, put_anyway, put_free


def place(state: DeliveryState, event: str) -> str:
    """Return the sort key of an event's delivery."""
    return f"{state}#{event}"


def due_place(due: int, event: str) -> str:
    """Return the sort key under which it says when it is due."""
    return f"due#{due:012d}#{event}"


def read(item: Item) -> Delivery:
    """Return the delivery that an item holds."""
    return Delivery(
        notification=Notification(item["id"], item["body"], item["signal_type"]),
        cursor=item["cursor"],
        changes=item["changes"],
        created=item["created"],
        begun=item["begun"],
        due=item["due"],
        attempts=item["attempts"],
        error=item.get("error"),
        parked_at=item.get("parked_at"),
    )


def writes(
    table: Table, partner: str, seen: Delivery | None, then: Delivery | None
) -> Iterator[Any]:
    """Yield the transaction entries of one move, at most three; none names an item twice."""
    if seen and then and seen.state is then.state:
        yield put(table, _item(partner, then), _unmoved(seen), **_moved_by(seen))
    elif seen:
        yield delete(table, _key(partner, seen), _unmoved(seen), **_moved_by(seen))
    if then and (seen is None or seen.state is not then.state):
        yield from _arrivals(table, partner, seen, then)
    yield from _due_writes(table, partner, seen, then)


def _arrivals(table: Table, partner: str, seen: Delivery | None, then: Delivery) -> Iterator[Any]:
    """Yield what puts a delivery into a place where it was not.

    What was parked and arrives anew, out of the dead letters, waits again and is parked no more.
    """
    item = _item(partner, then)
    yield put_free(table, item) if then.state is DeliveryState.WAITING else put_anyway(table, item)
    if seen is None:
        yield delete(table, (partner, place(DeliveryState.PARKED, then.id)))


def _due_writes(
    table: Table, partner: str, seen: Delivery | None, then: Delivery | None
) -> Iterator[Any]:
    old, new = _due_keys(partner, seen), _due_keys(partner, then)
    yield from (delete(table, key) for key in old - new)
    if then:
        yield from (
            put_anyway(
                table,
                {"pk": pk, "sk": sk, "id": then.id, "due": then.due, EXPIRES: _expires(then)},
            )
            for pk, sk in new - old
        )


def _due_keys(partner: str, delivery: Delivery | None) -> set[Key]:
    if delivery is None or delivery.state is DeliveryState.PARKED:
        return set()
    return {(partner, due_place(delivery.due, delivery.id))}


def _unmoved(seen: Delivery) -> str:
    return "due = :due" if seen.state is DeliveryState.WAITING else "parked_at = :parked_at"


def _moved_by(seen: Delivery) -> dict[str, Any]:
    """Return what changes with every move from the state that a delivery is in."""
    if seen.state is DeliveryState.WAITING:
        return {"due": seen.due}
    return {"parked_at": seen.parked_at}


def _key(partner: str, delivery: Delivery) -> Key:
    return partner, place(delivery.state, delivery.id)


def _item(partner: str, delivery: Delivery) -> Item:
    pk, sk = _key(partner, delivery)
    item: Item = {
        "pk": pk,
        "sk": sk,
        "id": delivery.id,
        "body": delivery.notification.body,
        "signal_type": delivery.notification.signal_type,
        "cursor": delivery.cursor,
        "changes": delivery.changes,
        "created": delivery.created,
        "begun": delivery.begun,
        "due": delivery.due,
        "attempts": delivery.attempts,
        EXPIRES: _expires(delivery),
    }
    if delivery.error is not None:
        item["error"] = delivery.error
    if delivery.parked_at is not None:
        item["parked_at"] = delivery.parked_at
    return item


def _expires(delivery: Delivery) -> int:
    if delivery.parked_at is not None:
        return delivery.parked_at + KEPT_PARKED
    return delivery.begun + KEPT_WAITING
