"""Feedback that the bank is still owed. It is written with its cause and leaves when accepted."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from threatexchange.exchanges.clients.stopncii.api import StopNCIICSPFeedbackValue as Feedback

from partner_kit.example_social.bank import Key

BATCH = 100
"""Answers in one request: small enough for any server's limit on a body."""

LONGEST_WAIT = 300
"""Seconds between two attempts at most: an outage of hours ends in minutes."""


@dataclass(frozen=True)
class Owed:
    """One answer on one hash, and how often sending it failed."""

    id: int
    key: Key
    feedback: Feedback
    attempts: int


def owe(db: sqlite3.Connection, key: Key, feedback: Feedback) -> None:
    db.execute(
        "INSERT INTO outbox (signal_type, value, feedback) VALUES (?, ?, ?)",
        (key.signal_type, key.value, feedback.value),
    )


def waive(db: sqlite3.Connection, key: Key, feedback: Feedback) -> None:
    """Take back an answer that is not true any more and was not sent yet."""
    db.execute(
        "DELETE FROM outbox WHERE signal_type = ? AND value = ? AND feedback = ?",
        (key.signal_type, key.value, feedback.value),
    )


def waiting(db: sqlite3.Connection) -> int:
    (count,) = db.execute("SELECT count(*) FROM outbox").fetchone()
    return int(count)


def next_due(db: sqlite3.Connection) -> int | None:
    """Say when the next answer should be sent (seconds), or None if nothing is owed."""
    (due,) = db.execute("SELECT min(due) FROM outbox").fetchone()
    return due if due is None else int(due)


def next_batch(db: sqlite3.Connection, now: int) -> list[Owed]:
    """List what to send in one request: the oldest of each hash, so that order is kept.

    One that failed before travels alone: a single answer the bank refuses must
    not hold up the others.
    """
    rows = db.execute(
        "SELECT * FROM outbox AS mine WHERE due <= ? AND NOT EXISTS (SELECT 1 FROM outbox AS older"
        " WHERE (older.signal_type, older.value) = (mine.signal_type, mine.value)"
        " AND older.id < mine.id) ORDER BY attempts, id LIMIT ?",
        (now, BATCH),
    )
    owed = [_owed(row) for row in rows]
    fresh = [one for one in owed if not one.attempts]
    return fresh or owed[:1]


def settle(db: sqlite3.Connection, sent: Iterable[Owed]) -> None:
    db.executemany("DELETE FROM outbox WHERE id = ?", [(one.id,) for one in sent])


def postpone(db: sqlite3.Connection, unsent: Iterable[Owed], now: int) -> None:
    db.executemany(
        "UPDATE outbox SET attempts = attempts + 1, due = ? WHERE id = ?",
        [(now + min(2**one.attempts, LONGEST_WAIT), one.id) for one in unsent],
    )


def _owed(row: sqlite3.Row) -> Owed:
    key = Key(row["signal_type"], row["value"])
    return Owed(row["id"], key, Feedback(row["feedback"]), row["attempts"])
