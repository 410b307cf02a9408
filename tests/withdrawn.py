"""What must be true once a case is withdrawn, whatever died on the way."""

from collections import defaultdict
from typing import Any

from functions.partner_sync.sequence import sequence
from functions.shared.access import owner_of
from functions.shared.app import App
from functions.shared.bank import Status
from functions.shared.feed import Cursor, begin, page
from functions.shared.holdings import holdings
from functions.shared.signals import V1_TYPES
from functions.status.handler import case_status
from tests.people import NUMBER, PIN, credentials
from tests.world import body_of


def log_everything(sequencer: App) -> None:
    while sequence(sequencer):
        continue


def check_withdrawn(app: App, sequencer: App, total: int, synced: int) -> None:
    """Check a withdrawn case of `total` hashes against the feed of a partner that read to `synced`.

    `app` may read all tables.
    """
    _check_case(app, total)
    _check_status(app, total)
    log_everything(sequencer)
    _check_log(app, total)
    _check_feed(app, total, synced)


def _check_case(app: App, total: int) -> None:
    owner = owner_of(app, NUMBER, PIN)
    held = holdings(app, owner)
    hashes = app.store.bank.by_id(hash_id for hash_id, _ in held)

    assert owner.case.status is Status.WITHDRAWN
    assert owner.case.expires
    assert app.store.cases.links(owner.case.key) == []
    assert list(app.store.withdrawals.begun(" ")) == []
    assert len(held) == len(hashes) == total
    assert {hash_id: [link] for hash_id, link in held} == {
        item.id: list(item.links) for item in hashes.values()
    }
    assert {(item.version, item.status) for item in hashes.values()} == {(2, Status.WITHDRAWN)}
    rows = {(one.hash_id, one.link_id) for one in app.store.forgetting.withdrawn_on(app.today())}
    assert rows == set(held)
    assert owner.case.key in set(app.store.erasures.on(app.today()))


def _check_status(app: App, total: int) -> None:
    told: Any = body_of(case_status(credentials(), app))

    assert (told["status"], told["signals"]) == ("Withdrawn", total)
    for company in told["companies"]:
        assert company["states"]["withdrawal_sent"] == total - company["not_taken"]
    assert any(not company["not_taken"] for company in told["companies"])


def _check_log(app: App, total: int) -> None:
    versions = defaultdict(list)
    for segment in app.store.log.segments(1, app.store.log.tail().number):
        for hash_id, version in segment.changes:
            versions[hash_id].append(version)

    assert len(versions) == total
    assert set(map(tuple, versions.values())) == {(1, 2)}


def _check_feed(app: App, total: int, synced: int) -> None:
    assert _fetched(app, 0) == {}
    assert set(_fetched(app, synced).values()) == {Status.WITHDRAWN}
    assert len(_fetched(app, synced)) == total


def _fetched(app: App, start: int) -> dict[str, Status]:
    found: dict[str, Status] = {}
    cursor: Cursor | None = begin(app.store.log, start)
    while cursor:
        got = page(app.store.log, cursor, 1_000, V1_TYPES)
        found |= {entry.hash.id: entry.hash.status for entry in got.entries}
        cursor = got.next
    return found
