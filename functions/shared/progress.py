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


_VERDICTS = {
    FeedbackValue.PENDING_REVIEW: State.CHECKING,
    FeedbackValue.BLOCKED: State.REMOVED,
    FeedbackValue.NOT_BLOCKED: State.NOT_REMOVED,
}


def sent_to(
    linked: Iterable[tuple[BankHash, str]], types: Collection[str]
) -> list[tuple[BankHash, str]]:
    """Return those of a case's hashes that a partner which takes these signal types is sent.

    Of the others it never hears, neither that they are there nor that they were withdrawn.
    """
    return [(item, link) for item, link in linked if item.signal.type in types]


def states(
    linked: Iterable[tuple[BankHash, str]], partner: str, acknowledged: int
) -> dict[State, int]:
    """Count a case's hashes by where this partner stands with them.

    `linked` pairs each hash with the id of the case's link to it. `acknowledged` is the time up
    to which the partner said it has read the feed, in seconds since 1970.
    """
    counts = Counter(_state(item, item.links[link], partner, acknowledged) for item, link in linked)
    return {state: counts[state] for state in State}


def _state(item: BankHash, link: Link, partner: str, acknowledged: int) -> State:
    said = item.feedback.get(partner)
    if link.status is Status.WITHDRAWN:
        confirmed = said is not None and said.confirmed > link.version
        return State.WITHDRAWAL_CONFIRMED if confirmed else State.WITHDRAWAL_SENT
    if said and said.verdict and said.verdict.version > link.version:
        return _VERDICTS[said.verdict.value]
    return State.RECEIVED if acknowledged >= link.at else State.NOT_ASKED
