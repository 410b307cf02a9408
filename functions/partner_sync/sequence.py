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
from functions.shared.errors import TryAgain
from functions.shared.events import events
from functions.shared.log import MOST_PER_SEGMENT, Segment, next_segment
from functions.shared.problems import problem_of
from functions.shared.store.codec import Item
from functions.shared.store.patience import until_it_holds

MOST_SEGMENTS = 100
"""A run. What is left then is nudged again by the clock."""

logger = Logger()
metrics = Metrics()


def sequence(app: App) -> int:
    """Log what waits, announce what was logged; return how many changes were logged.

    The topic comes last: while it is down the feed goes on, and a later run makes up for it. No row
    of the outbox keeps it waiting, whatever is wrong with it.
    """
    done = _log_changes(app)
    tail = app.store.log.tail()
    _count("ChangesLogged", done.logged)
    _count("RowsSetAside", done.set_aside)
    _count("RowsStuck", done.stuck)
    ahead = max(0, tail.ts - app.now())
    metrics.add_metric(name="LogAheadSeconds", unit=MetricUnit.Seconds, value=ahead)
    _announce_segments(app, tail)
    return done.logged


@dataclass(frozen=True)
class _Done:
    logged: int = 0
    set_aside: int = 0
    stuck: int = 0
    """Malformed rows that cannot even be set aside: each look meets the same ones."""

    def __bool__(self) -> bool:
        return bool(self.logged or self.set_aside)

    def __add__(self, other: "_Done") -> "_Done":
        """Return what a run and one more look did."""
        return _Done(self.logged + other.logged, self.set_aside + other.set_aside, other.stuck)


def _log_changes(app: App) -> _Done:
    """Move changes from the outbox into the log.

    The rows go last: whoever dies before that leaves them to be logged once more, which harms
    nobody. The loser of a race leaves its rows alone and looks again.
    """
    done = _Done()
    for _ in range(MOST_SEGMENTS):
        step = until_it_holds(partial(_log_next, app))
        done += step
        if not step:
            break
    return done


def _log_next(app: App) -> _Done:
    """Log the oldest changes, then move what is malformed out of the way of those behind it."""
    waiting = app.store.outbox.look(MOST_PER_SEGMENT)
    if changes := waiting.changes:
        app.store.log.append(next_segment(app.store.log.tail(), changes, app.now()))
        app.store.outbox.forget(changes)
    aside = [_set_aside(app, row) for row in waiting.malformed]
    return _Done(len(changes), aside.count(True), aside.count(None))


def _set_aside(app: App, row: Item) -> bool | None:
    """Move a malformed row out of the way; return whether it was this run, nothing if it cannot be.

    What is wrong with that one alone ends no run.
    """
    try:
        return app.store.outbox.set_aside(row, app.now())
    except Exception as error:
        if isinstance(problem_of(error), TryAgain):
            raise
        logger.error("row cannot be set aside", cause=type(error).__name__)
        return None


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
