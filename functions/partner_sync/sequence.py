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
    """Log what waits in the outbox; return how many changes were logged.

    The rows go last: whoever dies before that leaves them to be logged and announced once more,
    which harms nobody. The loser of a race leaves its rows alone and looks again.
    """
    logged = 0
    for _ in range(MOST_SEGMENTS):
        changes = app.store.outbox.oldest(MOST_PER_SEGMENT)
        if not changes:
            break
        segment = next_segment(app.store.log.tail(), changes, app.now())
        try:
            app.store.log.append(segment)
        except Conflict:
            continue
        app.announce(bank_changed(segment))
        app.store.outbox.forget(changes)
        logged += len(changes)
    return logged


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Answer a nudge. What it carries is not looked at: the outbox is the truth."""
    logged = sequence(app())
    metrics.add_metric(name="ChangesLogged", unit=MetricUnit.Count, value=logged)
    logger.info("sequenced", changes=logged)
    return {"batchItemFailures": []}
