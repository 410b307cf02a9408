"""Moves committed changes from the outbox into the log and tells the topic.

Nudged by the bank's stream and by a clock; several may run at once.
"""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.shared.app import App, app
from functions.shared.errors import Conflict
from functions.shared.events import bank_changed
from functions.shared.log import MOST_PER_SEGMENT, next_segment

MOST_SEGMENTS = 100
"""A run. What is left then is nudged again by the clock."""

logger = Logger()
metrics = Metrics()


def sequence(app: App) -> int:
    """Log what waits in the outbox, announce what was logged; return how many were logged.

    Partners are told last: while the topic is down the feed goes on, and what they were not told
    of is announced by a later run.
    """
    logged = _log_all(app)
    _announce_all(app)
    return logged


def _log_all(app: App) -> int:
    """Move changes from the outbox into the log.

    The rows go last: whoever dies before that leaves them to be logged once more, which harms
    nobody. The loser of a race leaves its rows alone and looks again.
    """
    logged = 0
    for _ in range(MOST_SEGMENTS):
        changes = app.store.outbox.oldest(MOST_PER_SEGMENT)
        if not changes:
            break
        try:
            app.store.log.append(next_segment(app.store.log.tail(), changes, app.now()))
        except Conflict:
            continue
        app.store.outbox.forget(changes)
        logged += len(changes)
    return logged


def _announce_all(app: App) -> None:
    log = app.store.log
    for segment in log.segments(log.announced() + 1, log.tail().number):
        app.announce(bank_changed(segment))
        log.mark_announced(segment)


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer a nudge. What it carries is not looked at: the outbox is the truth."""
    logged = sequence(app())
    metrics.add_metric(name="ChangesLogged", unit=MetricUnit.Count, value=logged)
    logger.info("sequenced", changes=logged)
    return {"batchItemFailures": []}
