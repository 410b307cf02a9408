"""How the platform stands with the bank, for a person and for a program."""

from dataclasses import dataclass

from partner_kit.example_social import mirror, outbox, posts
from partner_kit.example_social.decisions import State
from partner_kit.example_social.platform import Platform


@dataclass(frozen=True)
class Status:
    """`hashes` are those searched now; times are Unix seconds; counts are counts."""

    hashes: int
    checkpoint: int
    last_fetch: int | None
    in_review: int
    feedback_waiting: int


def read_status(platform: Platform) -> Status:
    with platform.database.reading() as db:
        feed = mirror.feed(db)
        return Status(
            hashes=len(platform.lookout.index) + mirror.live_videos(db),
            checkpoint=feed.checkpoint,
            last_fetch=feed.fetched_at,
            in_review=posts.count(db, State.HELD),
            feedback_waiting=outbox.waiting(db),
        )
