"""Hashes in the bank: found by id or by signal, written together with their outbox rows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any

from functions.shared.bank import (
    BankHash,
    Crowd,
    Decision,
    Dispute,
    Feedback,
    FeedbackValue,
    Link,
    Ruling,
    Status,
    Verdict,
)
from functions.shared.log import Change as LogChange
from functions.shared.signals import Signal
from functions.shared.store.codec import Item, Key
from functions.shared.store.disputes import changed_dispute, dispute_key
from functions.shared.store.outbox import outbox_item
from functions.shared.store.patience import until_it_holds
from functions.shared.store.table import Table
from functions.shared.store.transactions import (
    MOST_WRITES_A_TRANSACTION,
    delete,
    put,
    put_anyway,
    transact,
)
from functions.shared.store.withdrawn_rows import WithdrawnLink, row_of

WRITES_A_NEW_LINK = 3
"""The hash, its outbox row, and for a new hash the pointer from its value."""

WRITES_A_HASH = 4
"""Of whatever changes: the item, its outbox row, and for a new hash the pointer from its value; or
for an older one the row of its dispute, and the row by which the purge finds who parted. A dispute
takes several answers, so a new hash has none."""

HASHES_A_TRANSACTION = MOST_WRITES_A_TRANSACTION // WRITES_A_HASH

Change = Callable[[Signal, BankHash | None], BankHash | None]
"""Takes a signal and its hash, or nothing if the bank has none; returns the next version to store,
or nothing to leave things as they are. It is asked anew when a rival came between."""


@dataclass(frozen=True)
class BankStore:
    """The bank's hashes."""

    table: Table

    def by_id(self, ids: Iterable[str]) -> dict[str, BankHash]:
        """Return the current state of these hashes by id; erased ones are absent."""
        items = self.table.get_many([_hash_key(hash_id) for hash_id in ids])
        return {found.id: found for found in map(_read, items)}

    def by_signal(self, signals: Iterable[Signal]) -> dict[Signal, BankHash]:
        """Return those of these signals that are in the bank."""
        pointers = self.table.get_many([_pointer_key(signal) for signal in signals])
        hashes = self.by_id(pointer["hash_id"] for pointer in pointers)
        return {found.signal: found for found in hashes.values()}

    def change(self, signals: Sequence[Signal], change: Change) -> set[Signal]:
        """Change hashes by what is stored of them; return those that were in the bank.

        Raises:
            TryAgain: rivals came between every time. Some hashes may be changed, each wholly.
        """
        known: set[Signal] = set()
        for first in range(0, len(signals), HASHES_A_TRANSACTION):
            part = signals[first : first + HASHES_A_TRANSACTION]
            known |= until_it_holds(partial(self._change, part, change))
        return known

    def write(self, changed: Sequence[BankHash]) -> None:
        """Store hashes in their next version, all or none, each with its outbox row.

        Raises:
            Conflict: one of them has moved on since it was read. Nothing was written.
        """
        transact(self.table.client, self.writes(changed))

    def writes(self, changed: Sequence[BankHash]) -> list[Any]:
        """Return the transaction entries of `write`, to go together with others."""
        return [entry for item in changed for entry in self._writes(item)]

    def erasures(self, item: BankHash) -> list[Any]:
        """Return the transaction entries that remove a hash, if it is still as it was read."""
        pointer = "attribute_not_exists(pk) OR hash_id = :id"
        return [
            delete(self.table, _hash_key(item.id), "version = :seen", seen=item.version),
            delete(self.table, _pointer_key(item.signal), pointer, id=item.id),
            *([delete(self.table, dispute_key(item.id))] if item.disputed else []),
        ]

    def _change(self, signals: Sequence[Signal], change: Change) -> set[Signal]:
        found = self.by_signal(signals)
        changed = [change(signal, found.get(signal)) for signal in signals]
        if fresh := [item for item in changed if item is not None]:
            self.write(fresh)
        return set(found)

    def _writes(self, item: BankHash) -> list[Any]:
        row = outbox_item(LogChange(item.changed_at, item.id, item.version))
        announced = put(self.table, row, "attribute_not_exists(pk)")
        if item.version > 1:
            stored = put(self.table, _item(item), "version = :seen", seen=item.version - 1)
            parted = [put_anyway(self.table, row_of(one)) for one in _parted(item)]
            return [stored, announced, *changed_dispute(self.table, item), *parted]
        pointer = _keyed(_pointer_key(item.signal), hash_id=item.id)
        return [
            put(self.table, pointer, "attribute_not_exists(pk)"),
            put(self.table, _item(item), "attribute_not_exists(pk)"),
            announced,
        ]


def _parted(item: BankHash) -> list[WithdrawnLink]:
    """Return what parted from the hash in this version."""
    parted = item.parted.items()
    return [
        WithdrawnLink.at(item.id, name, link.at)
        for name, link in parted
        if link.version == item.version
    ]


def _hash_key(hash_id: str) -> Key:
    return f"hash#{hash_id}", "hash"


def _pointer_key(signal: Signal) -> Key:
    return f"signal#{signal.type}#{signal.value}", "signal"


def _keyed(key: Key, **attributes: Any) -> Item:
    return {"pk": key[0], "sk": key[1], **attributes}


def _item(item: BankHash) -> Item:
    kept = _keyed(
        _hash_key(item.id),
        id=item.id,
        type=item.signal.type,
        value=item.signal.value,
        version=item.version,
        changed_at=item.changed_at,
        links=_link_items(item.links),
        submitters=sorted(item.submitters),
        feedback={partner: _feedback_item(answer) for partner, answer in item.feedback.items()},
    )
    if item.crowd.version:
        kept["crowd"] = asdict(item.crowd)
    if item.parted:
        kept["parted"] = _link_items(item.parted)
    for name, said in (("dispute", item.dispute), ("decision", item.decision)):
        if said:
            kept[name] = asdict(said)
    return kept


def _link_items(links: Mapping[str, Link]) -> Item:
    return {
        name: {"status": link.status.value, "version": link.version, "at": link.at}
        for name, link in links.items()
    }


def _feedback_item(answer: Feedback) -> Item:
    kept: Item = {
        "value": answer.value.value,
        "tags": list(answer.tags),
        "version": answer.version,
        "confirmed": answer.confirmed,
    }
    if answer.verdict:
        kept["verdict"] = {"value": answer.verdict.value.value, "version": answer.verdict.version}
    return kept


def _read(item: Item) -> BankHash:
    return BankHash(
        id=item["id"],
        signal=Signal(item["type"], item["value"]),
        version=item["version"],
        changed_at=item["changed_at"],
        links=_read_links(item["links"]),
        parted=_read_links(item.get("parted", {})),
        crowd=Crowd(**item.get("crowd", {})),
        submitters=frozenset(item["submitters"]),
        feedback={partner: _read_feedback(answer) for partner, answer in item["feedback"].items()},
        dispute=Dispute(**item["dispute"]) if "dispute" in item else None,
        decision=_read_decision(item["decision"]) if "decision" in item else None,
    )


def _read_decision(said: Mapping[str, Any]) -> Decision:
    return Decision(Ruling(said["ruling"]), said["version"], said["at"])


def _read_links(links: Mapping[str, Any]) -> Mapping[str, Link]:
    return {
        name: Link(Status(link["status"]), link["version"], link["at"])
        for name, link in links.items()
    }


def _read_feedback(answer: Mapping[str, Any]) -> Feedback:
    verdict = answer.get("verdict")
    return Feedback(
        value=FeedbackValue(answer["value"]),
        tags=tuple(answer["tags"]),
        version=answer["version"],
        verdict=Verdict(FeedbackValue(verdict["value"]), verdict["version"]) if verdict else None,
        confirmed=answer["confirmed"],
    )
