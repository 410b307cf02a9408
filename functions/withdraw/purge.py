"""Forgets withdrawn links, and erases the hashes that nobody stands behind. Run by a clock.

Several may run at once: each link is forgotten in one transaction with what becomes of its hash.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.shared.app import App, app
from functions.shared.bank import BankHash
from functions.shared.forgetting import (
    LATEST_DAYS,
    SOONEST_DAYS,
    Forgotten,
    Reading,
    forget,
    outlived,
)
from functions.shared.partners import partners
from functions.shared.store.forgetting import FORGOTTEN_A_TRANSACTION
from functions.shared.store.withdrawn_rows import WithdrawnLink
from functions.withdraw.parts import part_by_part

STRAGGLER_DAYS = 30
"""So long after its last day each day is looked at again: a clock of a writer may be that wrong."""

FIRST_DAY = date(2026, 11, 1)
"""Nothing of ours was ever written before this one."""

MOST_SECONDS = 500.0
"""A run. The function may take 600, and the last transaction needs some."""

logger = Logger()
metrics = Metrics()


@dataclass(frozen=True)
class Purged:
    """What a run did."""

    forgotten: int
    failed: int
    """Links that cannot be forgotten; they are tried again by the next run."""


def purge(app: App) -> Purged:
    """Forget what has outlived its time, the oldest first, while there is time.

    It begins with the first day on which something may be left, however long ago that is.
    """
    deadline = app.elapsed() + MOST_SECONDS

    def in_time() -> bool:
        return app.elapsed() < deadline

    act = partial(_forget, app, _reading(app))
    again = app.today() - timedelta(days=LATEST_DAYS + STRAGGLER_DAYS)
    emptied = app.store.forgetting.emptied() or FIRST_DAY
    forgotten = failed = 0
    for day in _days(min(emptied, again), app.today() - timedelta(days=SOONEST_DAYS)):
        links = list(app.store.forgetting.withdrawn_on(day))
        outcome = part_by_part(
            links, FORGOTTEN_A_TRANSACTION, act, lambda: app.elapsed() < deadline
        )
        if outcome.done < len(links):
            again = min(again, day)
        forgotten += outcome.done
        failed += len(outcome.faults)
        for error in outcome.faults:
            logger.error("withdrawn link set aside", cause=type(error).__name__)
    if again > emptied:
        app.store.forgetting.note_emptied(again)
    return Purged(forgotten, failed)


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=days) for days in range((last - first).days + 1)]


def _reading(app: App) -> Reading:
    unlogged = app.store.outbox.oldest(1)
    return Reading(
        app.store.partners.acknowledged(), partners(), unlogged[0].at if unlogged else None
    )


def _forget(app: App, reading: Reading, links: Sequence[WithdrawnLink]) -> int:
    """Forget those of these links that may be forgotten, in one transaction; return how many."""
    hashes = app.store.bank.by_id(link.hash_id for link in links)
    may = partial(_is_due, hashes, reading, app.now())
    due = [link for link in links if may(link)]
    if due:
        app.store.forgetting.forget(due, _left(hashes, due, app.now()))
    return len(due)


def _is_due(hashes: dict[str, BankHash], reading: Reading, now: int, link: WithdrawnLink) -> bool:
    """Whether a link may be forgotten, or the bank knows it no more as of that day."""
    return not _is_known(hashes, link) or outlived(hashes[link.hash_id], link.link_id, reading, now)


def _is_known(hashes: dict[str, BankHash], link: WithdrawnLink) -> bool:
    """Whether a hash has this link, which did not come back and part anew on a later day."""
    item = hashes.get(link.hash_id)
    known = item.known(link.link_id) if item else None
    if known is None:
        return False
    return WithdrawnLink.at(link.hash_id, link.link_id, known.at).day <= link.day


def _left(hashes: dict[str, BankHash], due: Sequence[WithdrawnLink], now: int) -> list[Forgotten]:
    by_hash = defaultdict(set)
    for link in due:
        if _is_known(hashes, link):
            by_hash[link.hash_id].add(link.link_id)
    return [forget(hashes[hash_id], gone, now) for hash_id, gone in by_hash.items()]


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> None:
    """Answer the clock."""
    purged = purge(app())
    metrics.add_metric("LinksForgotten", MetricUnit.Count, purged.forgotten)
    metrics.add_metric("ForgettingFailed", MetricUnit.Count, purged.failed)
