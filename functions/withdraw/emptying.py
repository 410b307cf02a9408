"""Empties a case that is being withdrawn, link by link. Needs no PIN, and may stop anywhere."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial

from functions.shared.app import App
from functions.shared.bank import CROWD, BankHash, Status
from functions.shared.cases import CLOSED_DAYS, STUB_DAYS, Case, CaseLink, end_of
from functions.shared.receipts import seal
from functions.shared.store.patience import until_it_holds
from functions.shared.store.withdrawals import LINKS_A_TRANSACTION
from functions.shared.store.withdrawn_rows import WithdrawnLink
from functions.withdraw.parts import part_by_part


def empty(app: App, case: Case, in_time: Callable[[], bool]) -> int:
    """Withdraw the links of a case while there is time; return how many are left.

    A case without links is called done, and goes when its time has come.

    Raises:
        Exception: the fault of a link that cannot be withdrawn. All others were, or AWS does not
            keep up.
    """
    links = app.store.cases.links(case.key)
    outcome = part_by_part(links, LINKS_A_TRANSACTION, partial(_withdraw, app, case), in_time)
    if outcome.faults:
        raise outcome.faults[0]
    if not outcome.left:
        until_it_holds(partial(app.store.withdrawals.close, case, _goes(app, case)))
    return outcome.left


def _withdraw(app: App, case: Case, listed: Sequence[CaseLink]) -> int:
    """Withdraw those of these links that are still there, in one transaction."""
    there = app.store.cases.linked(case.key, [link.hash_id for link in listed])
    links = [link for link in listed if link.hash_id in there]
    if links:
        hashes = app.store.bank.by_id(link.hash_id for link in links)
        known = [link for link in links if _is_known(hashes, link)]
        after = {link: _after(hashes[link.hash_id], link, app.now()) for link in known}
        app.store.withdrawals.take_back(
            case,
            links,
            [item for link, item in after.items() if item != hashes[link.hash_id]],
            [_withdrawn(link, item) for link, item in after.items() if not link.counted],
            (seal(_told(links, after), case.receipt_key), _goes(app, case))
            if case.receipt_key
            else None,
        )
    return len(links)


def _is_known(hashes: dict[str, BankHash], link: CaseLink) -> bool:
    """Whether the hash is still there and has the link: a restored table may have one side only."""
    item = hashes.get(link.hash_id)
    if item is None:
        return False
    if link.counted:
        return item.crowd.count > 0 and item.version >= link.counted.version
    return link.link_id in item.links


def _after(item: BankHash, link: CaseLink, now: int) -> BankHash:
    if link.counted:
        return item.less_crowded(now)
    live = item.links[link.link_id].status is Status.ACTIVE
    return item.unlinked(link.link_id, now) if live else item


def _told(links: Sequence[CaseLink], after: Mapping[CaseLink, BankHash]) -> list[CaseLink]:
    """Return what the receipt says: the link as it is withdrawn, where the hash only counts it."""
    return [
        replace(link, counted=after[link].parted[CROWD]) if link.counted and link in after else link
        for link in links
    ]


def _withdrawn(link: CaseLink, item: BankHash) -> WithdrawnLink:
    return WithdrawnLink.at(item.id, link.link_id, item.links[link.link_id].at)


def _goes(app: App, case: Case) -> int:
    """Return when the case goes, and each of its receipts, which must not go before it."""
    if case.ends is None:  # begun before this was stored
        return end_of(app.today(), STUB_DAYS)
    return max(case.ends, end_of(app.today(), CLOSED_DAYS))
