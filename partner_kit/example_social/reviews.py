"""A person's verdict on a held post, and what follows from it."""

import sqlite3

from threatexchange.exchanges.clients.stopncii.api import StopNCIICSPFeedbackValue as Feedback

from partner_kit.example_social import mirror, outbox, posts
from partner_kit.example_social.bank import key_of
from partner_kit.example_social.decisions import State, Verdict
from partner_kit.example_social.platform import Platform
from partner_kit.example_social.posts import Post


class NotHeld(Exception):
    """There is no such post in review: it never was, or somebody has judged it already."""


def review(platform: Platform, post_id: str, verdict: Verdict) -> Post:
    """Judge a held post, once.

    The bank hears the verdict for every matching hash that was not judged
    before and that its owner has not withdrawn meanwhile. A hash that was
    judged "blocked" stays so, and those who joined it since then are told.

    Raises:
        NotHeld: nothing to judge; nothing was changed.
    """
    state = State.BLOCKED if verdict is Verdict.BLOCKED else State.PUBLISHED
    with platform.database.writing() as db:
        post = posts.find(db, post_id)
        if post is None or post.state is not State.HELD:
            raise NotHeld
        posts.set_state(db, post_id, state)
        values = mirror.still_live(db, [match.value for match in posts.matches(db, post_id)])
        if verdict is Verdict.BLOCKED:
            mirror.mark_blocked(db, values)
            mirror.tell_blocked(db, values)
        else:
            _tell_not_blocked(db, values)
    if verdict is Verdict.BLOCKED:
        platform.kept(post).unlink(missing_ok=True)  # nobody here needs to see it again
    platform.owed.set()
    return Post(post.id, post.caption, post.hash, state, post.created_at)


def _tell_not_blocked(db: sqlite3.Connection, values: list[str]) -> None:
    blocked = mirror.judged_blocked(db, values)
    for value in values:
        if value not in blocked:
            outbox.owe(db, key_of(value), Feedback.NotBlocked)
