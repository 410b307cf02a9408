"""A case: its life from the first chunk of signals to its withdrawal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from functions.shared.bank import BankHash, Link, Status, unpublished
from functions.shared.credentials import Verifier
from functions.shared.errors import CaseWithdrawn, DifferentBody, InvalidRequest
from functions.shared.signals import Origin, Signal

MOST_SIGNALS = 10_000
"""In one case. A person with more opens a second one."""

STUB_DAYS = 31
"""So long a withdrawn case can still be followed, from the day on which its withdrawal began. Less
than the 35 days for which a withdrawn hash stays, so whoever can ask is told what partners said."""

CLOSED_DAYS = 2
"""So long at least it can be followed from the day on which its last link went, if that took weeks:
a day at the very least, whatever the hour."""


@dataclass(frozen=True)
class Case:
    """What is kept of a case. Nothing here tells whose it is."""

    key: str
    verifier: Verifier
    status: Status
    since: date
    total: int
    """How many signals the person's device said it would send."""
    received: int
    """How many of them, from the first on, are in the bank."""
    receipt_key: bytes | None = None
    """To this public key the receipts of its withdrawal are sealed. Older cases have none yet."""
    ends: int | None = None
    """Seconds since 1970, at a midnight: when it is to go, with its receipts. Set when a withdrawal
    begins, so that all goes at once, however long it takes."""
    expires: int | None = None
    """Seconds since 1970, at a midnight; only a withdrawn case without links has it."""


@dataclass(frozen=True)
class CaseLink:
    """One case's link to one hash, as the case sees it."""

    hash_id: str
    link_id: str
    """Random. The hash knows the link by this name only, so the bank does not tell cases apart."""
    origin: Origin
    """What the case's signal was made from. Others may have made the same hash from another."""
    counted: Link | None = None
    """The link itself, if the hash only counts it: which version made it, and when."""


@dataclass(frozen=True)
class Addition:
    """A hash in its next version and the new link that made it so."""

    hash: BankHash
    link: CaseLink


def open_case(
    key: str, verifier: Verifier, total: int, today: date, receipt_key: bytes | None = None
) -> Case:
    """Return a new case that waits for its signals."""
    return Case(key, verifier, Status.ACTIVE, today, total, received=0, receipt_key=receipt_key)


def end_of(today: date, days: int) -> int:
    """Return the midnight so many days after today's, in seconds since 1970: it tells no hour."""
    ends = today + timedelta(days=days)
    return int(datetime(ends.year, ends.month, ends.day, tzinfo=UTC).timestamp())


def outstanding(
    case: Case, total: int, offset: int, signals: tuple[Signal, ...]
) -> tuple[tuple[Signal, ...], tuple[Signal, ...]]:
    """Split a chunk into the signals received before and those still to be stored.

    Raises:
        DifferentBody: the case was announced with another total.
        InvalidRequest: the chunk leaves a gap behind it or goes over the total.
        CaseWithdrawn: the chunk brings something new to a withdrawn case.
    """
    if total != case.total:
        raise DifferentBody(field="total")
    if offset > case.received:
        raise InvalidRequest("An earlier part is missing.", field="offset")
    if offset + len(signals) > total:
        raise InvalidRequest("More signals than announced.", field="signals")
    seen = case.received - offset
    if signals[seen:] and case.status is Status.WITHDRAWN:
        raise CaseWithdrawn
    return signals[:seen], signals[seen:]


def additions(
    signals: Mapping[Signal, Origin],
    found: Mapping[Signal, BankHash],
    linked: frozenset[str],
    now: int,
    new_id: Callable[[], str],
) -> list[Addition]:
    """Return what storing these signals, each with what it was made from, changes.

    `found` holds the hashes that are in the bank, `linked` the ids of those that the case has.
    """
    made = []
    for signal, origin in signals.items():
        before = found.get(signal) or unpublished(signal, new_id(), now)
        if before.id not in linked:
            made.append(_addition(before, new_id(), origin, now))
    return made


def _addition(before: BankHash, link_id: str, origin: Origin, now: int) -> Addition:
    after = before.linked(link_id, now)
    counted = None if link_id in after.links else Link(Status.ACTIVE, after.version, now)
    return Addition(after, CaseLink(before.id, link_id, origin, counted))
