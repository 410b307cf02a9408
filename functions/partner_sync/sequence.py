"""Moves committed changes from the outbox into the log and tells the topic.

Nudged by the bank's stream and by a clock; several may run at once.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.shared.app import App, app
from functions.shared.events import events
from functions.shared.log import MOST_PER_SEGMENT, Segment, next_segment
from functions.shared.store.patience import until_it_holds

MOST_SEGMENTS = 100
"""A run. What is left then is nudged again by the clock."""

logger = Logger()
metrics = Metrics()


def sequence(app: App) -> int:
    """Log what waits, announce what was logged; return how many changes were logged.

    The topic comes last: while it is down the feed goes on, and a later run makes up for it.
    """
    done = _log_changes(app)
    tail = app.store.log.tail()
    _count("ChangesLogged", done.logged)
    _count("RowsSetAside", done.set_aside)
    ahead = max(0, tail.ts - app.now())
    metrics.add_metric(name="LogAheadSeconds", unit=MetricUnit.Seconds, value=ahead)
    _announce_segments(app, tail)
    return done.logged


@dataclass(frozen=True)
class _Done:
    logged: int = 0
    set_aside: int = 0

    def __bool__(self) -> bool:
        return bool(self.logged or self.set_aside)

    def __add__(self, other: "_Done") -> "_Done":
        return _Done(self.logged + other.logged, self.set_aside + other.set_aside)


def _log_changes(app: App) -> _Done:
    """Move changes from the outbox into the log.

    The rows go last: whoever dies before that leaves them to be logged once more, which harms
    nobody. The loser of a race leaves its rows alone and looks again.
    """
    done = _Done()
    for _ in range(MOST_SEGMENTS):
        step = until_it_holds(partial(_log_next, app))
        if not step:
            break
        done += step
    return done


def _log_next(app: App) -> _Done:
    """Log the oldest changes, then move what is malformed out of the way of those behind it."""
    waiting = app.store.outbox.look(MOST_PER_SEGMENT)
    if changes := waiting.changes:
        app.store.log.append(next_segment(app.store.log.tail(), changes, app.now()))
        app.store.outbox.forget(changes)
    aside = [app.store.outbox.set_aside(row, app.now()) for row in waiting.malformed]
    return _Done(len(changes), sum(aside))


def _announce_segments(app: App, tail: Segment) -> None:
    """Tell the topic of the segments that it has not heard of.

    A segment counts as announced once all of it is: who dies in the middle says it all again,
    under the same ids.
    """
    log = app.store.log
    for segment in log.segments(log.announced() + 1, tail.number):
        hashes = log.hashes(list({hash_id for hash_id, _ in segment.changes}))
        for event in events(segment, hashes):
            app.announce(event.body, event.signal_type)
        log.mark_announced(segment)


def _count(name: str, value: int) -> None:
    metrics.add_metric(name=name, unit=MetricUnit.Count, value=value)


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer a nudge. What it carries is not looked at: the outbox is the truth."""
    logger.info("sequenced", changes=sequence(app()))
    return {"batchItemFailures": []}
