"""An upload: hash it, look it up, then publish it, hold it for review, or block it."""

import secrets
import sqlite3

from threatexchange.exchanges.clients.stopncii.api import StopNCIICSPFeedbackValue as Feedback

from partner_kit.example_social import mirror, outbox, posts
from partner_kit.example_social.bank import key_of
from partner_kit.example_social.decisions import Decision, State, decide
from partner_kit.example_social.matching import MIN_QUALITY, Match
from partner_kit.example_social.pictures import Picture, read_picture
from partner_kit.example_social.platform import Platform
from partner_kit.example_social.posts import Post
from partner_kit.example_social.videos import Video, read_video

MAX_CAPTION = 500


def upload(platform: Platform, data: bytes, caption: str, now: int) -> Post:
    """Take in a picture or a video and decide on it at once.

    A held one is kept for the reviewer. One that is blocked at once was
    judged before, so nothing of it is kept.

    Raises:
        BadPicture: it is nothing we can take.
    """
    seen = read_video(data) or read_picture(data)
    near = _near(platform, seen)
    with platform.database.writing() as db:
        matched = _still_live(db, near)
        decision = _decide(db, seen, matched)
        caption = caption.strip()[:MAX_CAPTION]
        post = Post(secrets.token_hex(8), caption, seen.hash, decision.state, now)
        posts.add(db, post, matched if decision.state is State.HELD else [])
        for value in decision.to_judge:
            outbox.owe(db, key_of(value), Feedback.PendingReview)
        mirror.tell_blocked(db, decision.judged)
        if decision.state is not State.BLOCKED:
            platform.kept(post).write_bytes(seen.shown)
    platform.owed.set()
    return post


def _near(platform: Platform, seen: Picture | Video) -> list[Match]:
    """Return what may match; of a video only its own hash, for the database to know or not."""
    if isinstance(seen, Video):
        return [Match(seen.md5, 0)]
    if seen.quality < MIN_QUALITY:
        return []
    return platform.lookout.index.search(seen.pdq)


def _still_live(db: sqlite3.Connection, near: list[Match]) -> list[Match]:
    """Ask the database too: the index may be a moment behind a withdrawal."""
    live = set(mirror.still_live(db, _values(near)))
    return [match for match in near if match.value in live]


def _decide(db: sqlite3.Connection, seen: Picture | Video, matched: list[Match]) -> Decision:
    values = _values(matched)
    return decide(values, mirror.judged_blocked(db, values), posts.cleared(db, seen.hash))


def _values(matches: list[Match]) -> list[str]:
    return [match.value for match in matches]
