"""Cases and their links, stored together with what they change in the bank."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from functions.shared.bank import Link, Status
from functions.shared.cases import Addition, Case, CaseLink
from functions.shared.credentials import Kdf, Verifier
from functions.shared.signals import Origin
from functions.shared.store.bank import WRITES_A_NEW_LINK, BankStore
from functions.shared.store.codec import Item, Key, encode, encode_key
from functions.shared.store.table import EXPIRES, Table
from functions.shared.store.transactions import MOST_WRITES_A_TRANSACTION, put_free, transact

ADDITIONS_A_TRANSACTION = (MOST_WRITES_A_TRANSACTION - 1) // (WRITES_A_NEW_LINK + 1)
"""One write is the case's own, one for each hash its link."""


@dataclass(frozen=True)
class CaseStore:
    """Cases by key. No read lists them."""

    table: Table
    bank: BankStore

    def get(self, key: str) -> Case | None:
        """Return a case, or nothing."""
        item = self.table.get(case_key_of(key))
        return _read(item) if item else None

    def links(self, key: str) -> list[CaseLink]:
        """Return a case's links."""
        return [_read_link(item) for item in self.table.query(key, first="link#", last="link#~")]

    def linked(self, key: str, hash_ids: Iterable[str]) -> frozenset[str]:
        """Return those of these hashes that the case has a link to."""
        found = self.table.get_many([link_key_of(key, hash_id) for hash_id in hash_ids])
        return frozenset(item["hash_id"] for item in found)

    def add(self, case: Case, received: int, additions: Sequence[Addition]) -> None:
        """Store additions and how far the case has now come, all or nothing.

        The first write also stores the case. At most `ADDITIONS_A_TRANSACTION` at a time.

        Raises:
            Conflict: a hash, or the case, has moved on since it was read; a withdrawal always
                wins over an addition. Nothing was written.
        """
        writes = [
            self._advance(case, received),
            *(put_free(self.table, _link(case, one.link)) for one in additions),
            *self.bank.writes([one.hash for one in additions]),
        ]
        transact(self.table.client, writes)

    def links_and_receipts(self, key: str) -> Iterator[CaseLink | bytes]:
        """Yield a case's links, and then the sealed receipts of those that it had.

        In this order: what is withdrawn meanwhile is met once or twice, and never missed.
        """
        for item in self.table.query(key, first="link#", last="receipt#~"):
            yield item["sealed"] if "sealed" in item else _read_link(item)

    def _advance(self, case: Case, received: int) -> Any:
        if case.received == 0:
            return put_free(self.table, _item(case, received))
        return {
            "Update": {
                "TableName": self.table.name,
                "Key": encode_key(case_key_of(case.key)),
                "UpdateExpression": "SET received = :received",
                "ConditionExpression": "received = :seen AND #status = :active",
                "ExpressionAttributeNames": {"#status": "status"},
                "ExpressionAttributeValues": encode(
                    {
                        ":received": received,
                        ":seen": case.received,
                        ":active": Status.ACTIVE.value,
                    }
                ),
            }
        }


def case_key_of(key: str) -> Key:
    """Return where a case is stored."""
    return key, "case"


def link_key_of(key: str, hash_id: str) -> Key:
    """Return where a case's link to a hash is stored."""
    return key, f"link#{hash_id}"


def _item(case: Case, received: int) -> Item:
    kept: Item = {
        "pk": case.key,
        "sk": "case",
        "salt": case.verifier.salt,
        "kdf": case.verifier.kdf.tag,
        "verifier": case.verifier.digest,
        "status": case.status.value,
        "since": case.since.isoformat(),
        "total": case.total,
        "received": received,
    }
    if case.receipt_key is not None:
        kept["receipt_key"] = case.receipt_key
    return kept


def _read(item: Item) -> Case:
    return Case(
        key=item["pk"],
        verifier=Verifier(item["salt"], Kdf.from_tag(item["kdf"]), item["verifier"]),
        status=Status(item["status"]),
        since=date.fromisoformat(item["since"]),
        total=item["total"],
        received=item["received"],
        receipt_key=item.get("receipt_key"),
        ends=item.get("ends"),
        expires=item.get(EXPIRES),
    )


def _link(case: Case, link: CaseLink) -> Item:
    pk, sk = link_key_of(case.key, link.hash_id)
    kept: Item = {
        "pk": pk,
        "sk": sk,
        "hash_id": link.hash_id,
        "link_id": link.link_id,
    }
    if link.origin.variant is not None:
        kept["variant"] = link.origin.variant
    if link.origin.reduced:
        kept["reduced"] = True
    if link.counted:
        kept["counted"] = {"version": link.counted.version, "at": link.counted.at}
    return kept


def _read_link(item: Item) -> CaseLink:
    origin = Origin(item.get("variant"), item.get("reduced", False))
    said = item.get("counted")
    counted = Link(Status.ACTIVE, said["version"], said["at"]) if said else None
    return CaseLink(item["hash_id"], item["link_id"], origin, counted)
