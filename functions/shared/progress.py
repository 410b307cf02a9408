"""What a person is told about each company: only answers that came after their own link."""

from collections import Counter
from collections.abc import Collection, Iterable
from enum import StrEnum

from functions.shared.bank import BankHash, FeedbackValue, Link, Status


class State(StrEnum):
    """Where one company stands with one hash of a case."""

    NOT_ASKED = "not_asked"
    RECEIVED = "received"
    CHECKING = "checking"
    REMOVED = "removed"
    NOT_REMOVED = "not_removed"
    WITHDRAWAL_SENT = "withdrawal_sent"
    WITHDRAWAL_CONFIRMED = "withdrawal_confirmed"
    NO_ANSWER = "no_answer"


PATIENCE = 7 * 86_400
"""Seconds that a company has to fetch a hash or to confirm a withdrawal before its silence is told.
That nothing was found is no silence: what is never uploaded is never found."""


_VERDICTS = {
    FeedbackValue.PENDING_REVIEW: State.CHECKING,
    FeedbackValue.BLOCKED: State.REMOVED,
    FeedbackValue.NOT_BLOCKED: State.NOT_REMOVED,
}


def sent_to(
    linked: Iterable[tuple[BankHash, Link]], types: Collection[str]
) -> list[tuple[BankHash, Link]]:
    """Return those of a case's hashes that a partner which takes these signal types is sent.

    Of the others it never hears, neither that they are there nor that they were withdrawn.
    """
    return [(item, link) for item, link in linked if item.signal.type in types]


def states(
    linked: Iterable[tuple[BankHash, Link]], partner: str, acknowledged: int, now: int
) -> dict[State, int]:
    """Count a case's hashes by where this partner stands with them at `now`.

    `linked` pairs each hash with the case's link to it. `acknowledged` is the time up
    to which the partner said it has read the feed. Both times are seconds since 1970.
    """
    counts = Counter(_state(item, link, partner, acknowledged, now) for item, link in linked)
    return {state: counts[state] for state in State}


def _state(item: BankHash, link: Link, partner: str, acknowledged: int, now: int) -> State:
    waited = now - link.at > PATIENCE
    said = item.feedback.get(partner)
    if link.status is Status.WITHDRAWN:
        if said and said.confirmed > _taken_away(item, link):
            return State.WITHDRAWAL_CONFIRMED
        return State.NO_ANSWER if waited else State.WITHDRAWAL_SENT
    if said and said.verdict and said.verdict.version > link.version:
        return _VERDICTS[said.verdict.value]
    if item.delisted and item.delisted.version < link.version:
        return State.NOT_ASKED
    if acknowledged >= link.at:
        return State.RECEIVED
    return State.NO_ANSWER if waited and not item.delisted else State.NOT_ASKED


def _taken_away(item: BankHash, link: Link) -> int:
    """Return the version that took the hash away from partners: they confirm that once."""
    return min(link.version, item.delisted.version) if item.delisted else link.version
