"""Sending what the bank is owed, and trying again until it is accepted."""

from requests import RequestException
from threatexchange.exchanges.clients.stopncii.api import (
    StopNCIIAPI,
    StopNCIICSPFeedback,
    StopNCIISignalType,
)

from partner_kit.example_social import outbox
from partner_kit.example_social.database import Database


def send_owed(api: StopNCIIAPI, database: Database, now: int) -> None:
    """Send all answers that are due, oldest first, and stop at the first failure.

    An answer leaves the outbox only after the bank accepted it. Should we die
    in between, it is sent twice, which the bank counts once.

    Raises:
        requests.RequestException: not accepted; it is due again a little later.
    """
    while batch := _next_batch(database, now):
        try:
            api.submit_feedbacks(
                {
                    (StopNCIISignalType(owed.key.signal_type), owed.key.value): StopNCIICSPFeedback(
                        owed.feedback
                    )
                    for owed in batch
                }
            )
        except RequestException:
            with database.writing() as db:
                outbox.postpone(db, batch, now)
            raise
        with database.writing() as db:
            outbox.settle(db, batch)


def seconds_to_next(database: Database, now: int) -> int | None:
    """How long until something is due again, or None while nothing is owed."""
    with database.reading() as db:
        due = outbox.next_due(db)
    return None if due is None else max(0, due - now)


def _next_batch(database: Database, now: int) -> list[outbox.Owed]:
    with database.reading() as db:
        return outbox.next_batch(db, now)
