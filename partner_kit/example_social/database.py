"""The platform's memory: one SQLite file, changed in whole transactions or not at all."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

BUSY_SECONDS = 10
"""How long a writer waits for another; every transaction here takes milliseconds."""

SCHEMA = """
CREATE TABLE IF NOT EXISTS hash (
    signal_type TEXT NOT NULL,
    value TEXT NOT NULL,
    modified INTEGER NOT NULL,
    withdrawn INTEGER NOT NULL,
    cases TEXT NOT NULL,                  -- who stands behind it, as a JSON list
    former TEXT NOT NULL,                 -- who took it back
    blocked INTEGER NOT NULL DEFAULT 0,   -- a reviewer confirmed a match with it
    told INTEGER NOT NULL DEFAULT 0,      -- all who stand behind it were told of that
    generation INTEGER NOT NULL,          -- the full fetch that last saw it
    PRIMARY KEY (signal_type, value)
) WITHOUT ROWID;

CREATE TABLE IF NOT EXISTS feed (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    checkpoint INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    refetching INTEGER NOT NULL,
    fetched_at INTEGER                    -- when a fetch last reached the end
);
INSERT OR IGNORE INTO feed VALUES (1, 10, 1, 0, NULL);

CREATE TABLE IF NOT EXISTS outbox (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    signal_type TEXT NOT NULL,
    value TEXT NOT NULL,
    feedback TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    due INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS outbox_by_hash ON outbox (signal_type, value, id);

CREATE TABLE IF NOT EXISTS post (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    caption TEXT NOT NULL,
    hash TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS post_by_state ON post (state, number);
CREATE INDEX IF NOT EXISTS post_by_hash ON post (hash);

CREATE TABLE IF NOT EXISTS match (
    post TEXT NOT NULL REFERENCES post (id),
    value TEXT NOT NULL,
    distance INTEGER NOT NULL,
    PRIMARY KEY (post, value)
) WITHOUT ROWID;
"""


class Database:
    """Opens a connection for each piece of work, so that any thread may use it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with closing(self._connect()) as connection:
            connection.execute("PRAGMA journal_mode = WAL")  # readers never wait for the writer
            _carry_over(connection)
            connection.executescript(SCHEMA)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """One consistent view: nothing changes between two questions asked inside."""
        with closing(self._connect()) as connection:
            connection.execute("BEGIN")
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """All of it is stored when the block ends; none of it if the block raises."""
        with closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield connection
            connection.execute("COMMIT")

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=BUSY_SECONDS, isolation_level=None)
        connection.row_factory = sqlite3.Row
        return connection


def _carry_over(connection: sqlite3.Connection) -> None:
    """Bring a memory of before there were videos up to date."""
    columns = [row["name"] for row in connection.execute("PRAGMA table_info(post)")]
    if "pdq" in columns:
        connection.execute("ALTER TABLE post RENAME COLUMN pdq TO hash")
        connection.execute("DROP INDEX IF EXISTS post_by_pdq")
