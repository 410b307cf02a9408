"""Many hashes in the bank of a running system, written by its own code, and then quiet."""

import secrets
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import Any

from functions.shared.bank import BankHash, unpublished
from functions.shared.log import MOST_PER_SEGMENT, Change, next_segment
from functions.shared.signals import Signal
from functions.shared.store import Store
from functions.shared.store.bank import HASHES_A_TRANSACTION
from functions.shared.store.transactions import transact
from local.cloud import Cloud
from local.system import System
from tests.people import pdq

POLL = 0.2
WRITERS = 2
"""Processes: making the items takes longer than storing them here."""


def store_of(system: System) -> Store:
    """Return the tables, as their owner."""
    return _store(system.cloud, system.stack.outputs)


def some_hashes(count: int) -> list[BankHash]:
    """Return new hashes, each with one case behind it."""
    now = int(time.time())
    return [_new_hash(now) for _ in range(count)]


def fill(system: System, store: Store, hashes: Sequence[BankHash]) -> None:
    """Store new hashes as if the sequencer had been here already: in full segments, told of.

    Without the rows of the outbox, which would be written only to be deleted.
    """
    reached = system.cloud, system.stack.outputs
    with ProcessPoolExecutor(WRITERS, initializer=_begin, initargs=reached) as writers:
        written = writers.map(_write, _parts(hashes, HASHES_A_TRANSACTION), chunksize=50)
        for part in _parts(hashes, MOST_PER_SEGMENT):
            changes = [Change(one.changed_at, one.id, one.version) for one in part]
            segment = next_segment(store.log.tail(), changes, int(time.time()))
            store.log.append(segment)
            store.log.mark_announced(segment)
        list(written)


def change(store: Store, hashes: Sequence[BankHash]) -> None:
    """Store hashes in their next version, for the sequencer to log."""
    for part in _parts(hashes, HASHES_A_TRANSACTION):
        store.bank.write(part)


def wait_until_quiet(system: System, store: Store) -> None:
    """Wait until all is in the log, and nothing is on its way to partners any more."""
    while store.outbox.oldest(1) or store.log.announced() < store.log.tail().number:
        time.sleep(POLL)
    sqs = system.cloud.client("sqs")
    theirs = {partner.queue for partner in system.partners.values()}
    ours = set(sqs.list_queues().get("QueueUrls", ())) - theirs
    while any(_messages(sqs, queue) for queue in ours):
        time.sleep(POLL)


def _messages(sqs: Any, queue: str) -> int:
    kinds = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    asked = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=kinds)
    return sum(map(int, asked["Attributes"].values()))


_stores: list[Store] = []
"""A writing process has one."""


def _begin(cloud: Cloud, outputs: dict[str, str]) -> None:
    _stores.append(_store(cloud, outputs))


def _store(cloud: Cloud, outputs: dict[str, str]) -> Store:
    cases, bank, deliveries = (outputs[f"{name}Table"] for name in ("Cases", "Bank", "Deliveries"))
    return Store(cloud.client("dynamodb"), cases, bank, deliveries)


def _write(hashes: Sequence[BankHash]) -> None:
    [store] = _stores
    entries = store.bank.writes(hashes)
    transact(store.client, [each for each in entries if not _announces(each)])


def _announces(write: Any) -> bool:
    return str(write["Put"]["Item"]["pk"]["S"]).startswith("outbox#")


def _parts(hashes: Sequence[BankHash], size: int) -> Iterator[list[BankHash]]:
    left = iter(hashes)
    while part := list(islice(left, size)):
        yield part


def _new_hash(now: int) -> BankHash:
    signal = Signal("ImagePDQ", pdq(secrets.randbits(64)))
    return unpublished(signal, secrets.token_urlsafe(16), now).linked(
        secrets.token_urlsafe(16), now
    )
