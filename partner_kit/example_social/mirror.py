"""Our copy of the bank. Hashes, checkpoint and owed confirmations change in one transaction."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from threatexchange.exchanges.clients.stopncii.api import (
    FetchHashesResponse,
    StopNCIICSPFeedbackValue,
)

from partner_kit.example_social import outbox
from partner_kit.example_social.bank import (
    MD5_TYPE,
    PDQ_TYPE,
    Change,
    Entry,
    Key,
    brings_withdrawal,
    key_of,
    merge,
    read_record,
)

START = 10
"""The checkpoint of someone who has nothing yet. Source: the published client."""

WITHDRAWN = StopNCIICSPFeedbackValue.Withdrawn
BLOCKED = StopNCIICSPFeedbackValue.Blocked


class CheckpointRewound(Exception):
    """A page would set the checkpoint back: the feed broke its promise, nothing was stored."""


@dataclass(frozen=True)
class Feed:
    """How far we have read: `checkpoint` in the feed's seconds, `fetched_at` in our own."""

    checkpoint: int
    generation: int
    refetching: bool
    fetched_at: int | None


def feed(db: sqlite3.Connection) -> Feed:
    row = db.execute("SELECT * FROM feed").fetchone()
    return Feed(row["checkpoint"], row["generation"], bool(row["refetching"]), row["fetched_at"])


def apply_page(db: sqlite3.Connection, page: FetchHashesResponse) -> bool:
    """Take in one page and its checkpoint; say whether the set to look for changed."""
    state = feed(db)
    if page.nextSetTimestamp < state.checkpoint:
        raise CheckpointRewound
    changes = {_apply(db, *read_record(record), state.generation) for record in page.hashRecords}
    db.execute("UPDATE feed SET checkpoint = ?", (page.nextSetTimestamp,))
    return bool(changes & {Change.ARRIVED, Change.LEFT})


def start_over(db: sqlite3.Connection) -> None:
    """Read the whole feed again, keeping what is known until the end is reached."""
    db.execute(
        "UPDATE feed SET checkpoint = ?, generation = generation + 1, refetching = 1", (START,)
    )


def finish(db: sqlite3.Connection, now: int) -> bool:
    """Note that the end was reached; after a full read, drop what it no longer had.

    Says whether the set to look for changed.
    """
    state = feed(db)
    dropped = _drop_unseen(db, state.generation) if state.refetching else False
    db.execute("UPDATE feed SET refetching = 0, fetched_at = ?", (now,))
    return dropped


def live_pdq(db: sqlite3.Connection) -> Sequence[str]:
    """List all picture hashes to look for."""
    rows = db.execute("SELECT value FROM hash WHERE signal_type = ? AND NOT withdrawn", (PDQ_TYPE,))
    return [row["value"] for row in rows]


def live_videos(db: sqlite3.Connection) -> int:
    """Count the video hashes to look for. They are looked up here: only equal ones match."""
    counted = "SELECT count(*) FROM hash WHERE signal_type = ? AND NOT withdrawn"
    (number,) = db.execute(counted, (MD5_TYPE,)).fetchone()
    return int(number)


def still_live(db: sqlite3.Connection, values: Sequence[str]) -> list[str]:
    """Keep those of these hashes that are in the bank and that nobody has withdrawn meanwhile."""
    return [value for value in values if (row := _row(db, key_of(value))) and _live(row)]


def judged_blocked(db: sqlite3.Connection, values: Sequence[str]) -> set[str]:
    """Find those of these hashes whose match a reviewer confirmed."""
    rows = ((value, _row(db, key_of(value))) for value in values)
    return {value for value, row in rows if row and row["blocked"]}


def mark_blocked(db: sqlite3.Connection, values: Sequence[str]) -> None:
    db.executemany(
        "UPDATE hash SET blocked = 1 WHERE signal_type = ? AND value = ?",
        [(key_of(value).signal_type, value) for value in values],
    )


def tell_blocked(db: sqlite3.Connection, values: Sequence[str]) -> None:
    """Owe the bank "blocked" for those of these hashes whose people were not all told yet."""
    for value in values:
        told = db.execute(
            "UPDATE hash SET told = 1 WHERE signal_type = ? AND value = ? AND blocked AND NOT told",
            (key_of(value).signal_type, value),
        )
        if told.rowcount:
            outbox.owe(db, key_of(value), BLOCKED)


def _apply(db: sqlite3.Connection, key: Key, entry: Entry, generation: int) -> Change:
    row = _row(db, key)
    known = _entry(row) if row else None
    change = merge(known, entry)
    if change is Change.NONE:
        _see(db, key, generation)
        return change
    if brings_withdrawal(known, entry):
        outbox.owe(db, key, WITHDRAWN)
    elif change is Change.ARRIVED and not entry.former:
        outbox.waive(db, key, WITHDRAWN)  # registered again before we confirmed: not true now
    _store(db, key, entry, generation)
    if known and entry.cases - known.cases:
        _expect_match(db, key)
    return change


def _store(db: sqlite3.Connection, key: Key, entry: Entry, generation: int) -> None:
    cases, former = (json.dumps(sorted(names)) for names in (entry.cases, entry.former))
    db.execute(
        "INSERT INTO hash (signal_type, value, modified, withdrawn, cases, former, generation)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET modified = excluded.modified,"
        " withdrawn = excluded.withdrawn, cases = excluded.cases, former = excluded.former,"
        " generation = excluded.generation,"
        # A verdict goes with its hash.
        " blocked = blocked AND NOT excluded.withdrawn, told = told AND NOT excluded.withdrawn",
        (key.signal_type, key.value, entry.modified, entry.withdrawn, cases, former, generation),
    )


def _expect_match(db: sqlite3.Connection, key: Key) -> None:
    """Note that somebody new stands behind a hash, who is told of its verdict at the next match.

    And not before: an answer without an upload after their own would tell them that the picture
    was reported before.
    """
    db.execute(
        "UPDATE hash SET told = 0 WHERE signal_type = ? AND value = ?", (key.signal_type, key.value)
    )


def _see(db: sqlite3.Connection, key: Key, generation: int) -> None:
    db.execute(
        "UPDATE hash SET generation = ? WHERE signal_type = ? AND value = ?",
        (generation, key.signal_type, key.value),
    )


def _drop_unseen(db: sqlite3.Connection, generation: int) -> bool:
    gone = db.execute(
        "DELETE FROM hash WHERE generation < ? RETURNING signal_type, value, withdrawn",
        (generation,),
    ).fetchall()
    left = [Key(row["signal_type"], row["value"]) for row in gone if _live(row)]
    for key in left:
        outbox.owe(db, key, WITHDRAWN)
    return bool(left)


def _row(db: sqlite3.Connection, key: Key) -> sqlite3.Row | None:
    row: sqlite3.Row | None = db.execute(
        "SELECT * FROM hash WHERE signal_type = ? AND value = ?", (key.signal_type, key.value)
    ).fetchone()
    return row


def _entry(row: sqlite3.Row) -> Entry:
    cases, former = (frozenset(json.loads(row[names])) for names in ("cases", "former"))
    return Entry(row["modified"], bool(row["withdrawn"]), cases, former)


def _live(row: sqlite3.Row) -> bool:
    return not row["withdrawn"]
