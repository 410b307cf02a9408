"""When a withdrawn link may be forgotten, and what is then left of its hash."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from functions.shared.bank import BankHash, Status
from functions.shared.partners import Partner

DAY = 86_400
SOONEST_DAYS = 35
LATEST_DAYS = 90
"""Between them, a withdrawn link is forgotten once every partner has read that it is withdrawn."""

MARGIN = DAY
"""Seconds by which a partner must have read on, for clocks that differ and a log that was late."""


@dataclass(frozen=True)
class Reading:
    """How far the feed has been read: what of a withdrawal may have been missed by whom."""

    acknowledged: Mapping[str, int]
    """By partner id: the time up to which it has read, seconds since 1970."""
    partners: Collection[Partner]
    unlogged: int | None
    """The time of the oldest change that is not in the log yet, seconds since 1970."""

    def past(self, at: int, signal_type: str) -> bool:
        """Whether everybody who is sent this type has read on from a change of this time."""
        if self.unlogged is not None and self.unlogged <= at + MARGIN:
            return False
        return all(
            self.acknowledged.get(one.id, 0) >= at + MARGIN
            for one in self.partners
            if signal_type in one.signal_types
        )


@dataclass(frozen=True)
class Forgotten:
    """A hash as it was read, and what is left of it: its next version, or nothing at all."""

    seen: BankHash
    left: BankHash | None


def outlived(item: BankHash, link_id: str, reading: Reading, now: int) -> bool:
    """Whether this link of a hash may be forgotten. One that is not withdrawn never is."""
    link = item.known(link_id)
    if link is None or link.status is not Status.WITHDRAWN:
        return False
    if now < link.at + SOONEST_DAYS * DAY:
        return False
    return now >= link.at + LATEST_DAYS * DAY or reading.past(link.at, item.signal.type)


def forget(item: BankHash, links: Collection[str], now: int) -> Forgotten:
    """Return what is left of a hash without these links. Feedback goes with the last of them."""
    left = item.without(links, now)
    return Forgotten(item, left if left.remembered else None)
