"""Completes withdrawals that were begun and whose person never came back. Run by a clock.

Several may run at once, also beside the person's own call: each link goes in one transaction.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.shared.app import App, app
from functions.shared.bank import Status
from functions.shared.errors import TryAgain
from functions.withdraw.emptying import empty
from functions.withdraw.parts import is_passing

MOST_SECONDS = 40.0
"""A run. The function may take 60, and the last transaction needs some."""

logger = Logger()
metrics = Metrics()


class StillActive(Exception):
    """A withdrawal was noted for a case that is not withdrawn, which no writer of ours does."""


@dataclass(frozen=True)
class Finished:
    """What a run did."""

    done: int
    failed: int
    """Withdrawals that cannot be completed; they are tried again by the next run."""


def finish(app: App) -> Finished:
    """Complete withdrawals while there is time.

    Each run begins at a place of its own, so that neither what cannot be done nor a rival run
    holds up the rest.
    """
    deadline = app.elapsed() + MOST_SECONDS
    done = failed = 0
    for key in app.store.withdrawals.begun(secrets.token_hex(4)):
        if app.elapsed() >= deadline:
            break
        try:
            done += _persistently(app, key, lambda: app.elapsed() < deadline)
        except Exception as error:
            if is_passing(error):
                raise
            failed += 1
            logger.error("withdrawal set aside", cause=type(error).__name__)
    return Finished(done, failed)


def _persistently(app: App, key: str, in_time: Callable[[], bool]) -> bool:
    """Empty a case, as long as its rivals are quicker; return whether it is done.

    A rival that gets on with it, such as the person's own call, is no fault.

    Raises:
        TryAgain: nobody gets on with it.
    """
    left: int | None = None
    while True:
        try:
            return _complete(app, key, in_time)
        except TryAgain:
            before, left = left, len(app.store.cases.links(key))
            if before is not None and left >= before:
                raise


def _complete(app: App, key: str, in_time: Callable[[], bool]) -> bool:
    """Empty a case; return whether it is done."""
    case = app.store.cases.get(key)
    if case is None:
        app.store.withdrawals.forget(key)
        return True
    if case.status is not Status.WITHDRAWN:
        raise StillActive
    return empty(app, case, in_time) == 0


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Answer the clock."""
    finished = finish(app())
    metrics.add_metric("WithdrawalsFinished", MetricUnit.Count, finished.done)
    metrics.add_metric("WithdrawalsFailed", MetricUnit.Count, finished.failed)
