"""When partners dispute a hash, and what the operator may decide about it.

A dispute changes nothing for anybody by itself. One partner alone never makes one.
"""

from collections.abc import Callable, Collection
from dataclasses import replace

from functions.shared.bank import BankHash, Dispute, FeedbackValue, Ruling
from functions.shared.errors import NotDisputed

Decide = Callable[[BankHash, int], BankHash | None]
"""Takes a hash and the time; returns its next version, or nothing if that is decided already."""


def objectors(item: BankHash, partners: Collection[str]) -> frozenset[str]:
    """Return those of these partners whose verdict is that it may stay, given since the ruling.

    `partners` are the ids of those that take part: who has left has no say any more.
    """
    since = item.decision.version if item.decision else 0
    return frozenset(
        partner
        for partner, said in item.feedback.items()
        if partner in partners
        and said.verdict
        and said.verdict.value is FeedbackValue.NOT_BLOCKED
        and said.verdict.version > since
    )


def weighed(item: BankHash, disputed_after: int, partners: Collection[str]) -> BankHash:
    """Return this version, disputed if so many of these partners object and not otherwise."""
    disputed = len(objectors(item, partners)) >= disputed_after and not item.delisted
    if disputed == item.disputed:
        return item
    return replace(item, dispute=Dispute(disputed, item.version, item.changed_at))


def keep(item: BankHash, now: int) -> BankHash | None:
    """Return the next version, in which a dispute is settled and a delisted hash is listed again.

    Raises:
        NotDisputed: no dispute was ever about this hash.
    """
    _check_was_disputed(item)
    return item.decided(Ruling.KEPT, now) if item.disputed or item.delisted else None


def delist(item: BankHash, now: int) -> BankHash | None:
    """Return the next version, in which partners see the hash as withdrawn.

    Its links stay as they are, and no link or submission that comes later lists it again.

    Raises:
        NotDisputed: no dispute was ever about this hash.
    """
    _check_was_disputed(item)
    return None if item.delisted else item.decided(Ruling.DELISTED, now)


def _check_was_disputed(item: BankHash) -> None:
    if item.dispute is None:
        raise NotDisputed
