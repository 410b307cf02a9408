"""Makes deliveries due again: by their ids, those that are parked, or all from a time on."""

from collections.abc import Sequence
from dataclasses import dataclass

from functions.partner_sync.messages import delivery_of
from functions.shared import feed
from functions.shared.app import App
from functions.shared.deliveries import Delivery, DeliveryState
from functions.shared.events import events
from functions.shared.log import Segment
from functions.shared.partners import signal_types_of

MOST_PARKED = 1_000
MOST_SEGMENTS = 500
MOST_CHANGES = 10_000
"""A call. Reading so many hashes and writing so many deliveries takes some seconds; an API gives
up after 29. A second of the log is never split, and has 5,000 changes at most."""

SEGMENTS_A_ROUND = 20
"""Their hashes are held in memory together: at most 1,980."""


@dataclass(frozen=True)
class Replayed:
    """How many deliveries are due, whether there are more, and from when on if it goes by time."""

    count: int
    more: bool = False
    then: int | None = None


def replay_ids(partner: str, ids: Sequence[str], app: App) -> Replayed:
    """Make those of these deliveries due that wait or are parked."""
    return Replayed(app.store.deliveries.replay(partner, ids, {}, app.now()))


def replay_parked(partner: str, app: App) -> Replayed:
    """Make parked deliveries due."""
    store = app.store.deliveries
    parked = store.page(partner, DeliveryState.PARKED, "", MOST_PARKED + 1)
    ids = [delivery.id for delivery in parked[:MOST_PARKED]]
    return Replayed(store.replay(partner, ids, {}, app.now()), more=len(parked) > MOST_PARKED)


def replay_from(partner: str, start: int, app: App) -> Replayed:
    """Make due what tells of the log from a time on, under the same ids as the first time."""
    store = app.store.endpoints
    seen = store.get(partner)
    segments, then = _stretch(app, start)
    count = 0
    for first in range(0, len(segments), SEGMENTS_A_ROUND):
        anew = _anew(partner, segments[first : first + SEGMENTS_A_ROUND], app)
        count += app.store.deliveries.replay(partner, list(anew), anew, app.now())
    end = then or (segments[-1].ts if segments else start)
    before = seen if then is None else None
    store.change(partner, seen, lambda endpoint: endpoint.caught_up(start, end, before))
    return Replayed(count, more=then is not None, then=then)


def _stretch(app: App, start: int) -> tuple[list[Segment], int | None]:
    """Return the segments of one call, and the time of the first that is left, if one is."""
    cursor = feed.begin(app.store.log, start)
    taken: list[Segment] = []
    changes = 0
    for segment in app.store.log.segments(cursor.segment, cursor.last):
        full = len(taken) >= MOST_SEGMENTS or changes >= MOST_CHANGES
        if full and segment.ts > taken[-1].ts:
            return taken, segment.ts
        taken.append(segment)
        changes += len(segment.changes)
    return taken, None


def _anew(partner: str, segments: Sequence[Segment], app: App) -> dict[str, Delivery]:
    """Return the deliveries of these segments as they were when they were new, by id."""
    hashes = app.store.log.hashes(
        list({hash_id for segment in segments for hash_id, _ in segment.changes})
    )
    types, now = signal_types_of(partner), app.now()
    told = [
        delivery_of(event.body, now)
        for segment in segments
        for event in events(segment, hashes)
        if event.signal_type in types
    ]
    return {delivery.id: delivery for delivery in told}
