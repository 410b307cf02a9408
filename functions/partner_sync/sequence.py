"""Moves committed changes from the outbox into the log and tells the topic.

Nudged by the bank's stream and by a clock; several may run at once.
"""

from functools import partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.shared.app import App, app
from functions.shared.events import bank_changed
from functions.shared.log import MOST_PER_SEGMENT, next_segment
from functions.shared.store.patience import until_it_holds

MOST_SEGMENTS = 100
"""A run. What is left then is nudged again by the clock."""

logger = Logger()
metrics = Metrics()


def sequence(app: App) -> int:
    """Log what waits, announce what was logged; return how many changes were logged.

    The topic comes last: while it is down the feed goes on, and a later run makes up for it.
    """
    logged = _log_changes(app)
    metrics.add_metric(name="ChangesLogged", unit=MetricUnit.Count, value=logged)
    _announce_segments(app)
    return logged


def _log_changes(app: App) -> int:
    """Move changes from the outbox into the log; return how many.

    The rows go last: whoever dies before that leaves them to be logged once more, which harms
    nobody. The loser of a race leaves its rows alone and looks again.
    """
    logged = 0
    for _ in range(MOST_SEGMENTS):
        moved = until_it_holds(partial(_log_next, app))
        if not moved:
            break
        logged += moved
    return logged


def _log_next(app: App) -> int:
    changes = app.store.outbox.oldest(MOST_PER_SEGMENT)
    if changes:
        app.store.log.append(next_segment(app.store.log.tail(), changes, app.now()))
        app.store.outbox.forget(changes)
    return len(changes)


def _announce_segments(app: App) -> None:
    """Tell the topic of the segments that it has not heard of."""
    log = app.store.log
    for segment in log.segments(log.announced() + 1, log.tail().number):
        app.announce(bank_changed(segment))
        log.mark_announced(segment)


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer a nudge. What it carries is not looked at: the outbox is the truth."""
    logger.info("sequenced", changes=sequence(app()))
    return {"batchItemFailures": []}
