"""Posts, and the matches for which some of them are held."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from partner_kit.example_social.bank import MD5_TYPE, key_of
from partner_kit.example_social.decisions import State
from partner_kit.example_social.matching import Match


@dataclass(frozen=True)
class Post:
    """One upload. The picture or video itself is a file named by the id."""

    id: str
    caption: str
    hash: str
    state: State
    created_at: int

    @property
    def is_video(self) -> bool:
        return key_of(self.hash).signal_type == MD5_TYPE


def add(db: sqlite3.Connection, post: Post, matches: Sequence[Match]) -> None:
    db.execute(
        "INSERT INTO post (id, caption, hash, state, created_at) VALUES (?, ?, ?, ?, ?)",
        (post.id, post.caption, post.hash, post.state, post.created_at),
    )
    db.executemany(
        "INSERT INTO match (post, value, distance) VALUES (?, ?, ?)",
        [(post.id, match.value, match.distance) for match in matches],
    )


def find(db: sqlite3.Connection, post_id: str) -> Post | None:
    row = db.execute("SELECT * FROM post WHERE id = ?", (post_id,)).fetchone()
    return _post(row) if row else None


def in_state(db: sqlite3.Connection, state: State, limit: int, newest: bool) -> list[Post]:
    order = "DESC" if newest else "ASC"
    rows = db.execute(
        f"SELECT * FROM post WHERE state = ? ORDER BY number {order} LIMIT ?",  # noqa: S608
        (state, limit),
    )
    return [_post(row) for row in rows]


def count(db: sqlite3.Connection, state: State) -> int:
    (number,) = db.execute("SELECT count(*) FROM post WHERE state = ?", (state,)).fetchone()
    return int(number)


def set_state(db: sqlite3.Connection, post_id: str, state: State) -> None:
    db.execute("UPDATE post SET state = ? WHERE id = ?", (state, post_id))


def matches(db: sqlite3.Connection, post_id: str) -> list[Match]:
    rows = db.execute(
        "SELECT value, distance FROM match WHERE post = ? ORDER BY distance, value", (post_id,)
    )
    return [Match(row["value"], row["distance"]) for row in rows]


def cleared(db: sqlite3.Connection, value: str) -> set[str]:
    """Find the hashes that this very upload was reviewed against and let through."""
    rows = db.execute(
        "SELECT value FROM match JOIN post ON post.id = match.post"
        " WHERE post.hash = ? AND post.state = ?",
        (value, State.PUBLISHED),
    )
    return {row["value"] for row in rows}


def _post(row: sqlite3.Row) -> Post:
    return Post(row["id"], row["caption"], row["hash"], State(row["state"]), row["created_at"])
