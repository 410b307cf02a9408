"""Cases and their links, stored together with what they change in the bank."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from functions.shared.bank import Status
from functions.shared.cases import Addition, Case, CaseLink
from functions.shared.credentials import Kdf, Verifier
from functions.shared.errors import Conflict
from functions.shared.signals import Origin
from functions.shared.store.bank import WRITES_A_HASH, BankStore
from functions.shared.store.codec import Item, encode, encode_key
from functions.shared.store.table import Table
from functions.shared.store.transactions import MOST_WRITES_A_TRANSACTION, put, transact

ADDITIONS_A_TRANSACTION = (MOST_WRITES_A_TRANSACTION - 1) // (WRITES_A_HASH + 1)
"""One write is the case's own, one for each hash its link."""


@dataclass(frozen=True)
class CaseStore:
    """Cases by key. No read lists them."""

    table: Table
    bank: BankStore

    def get(self, key: str) -> Case | None:
        """Return a case, or nothing."""
        item = self.table.get((key, "case"))
        return _read(item) if item else None

    def links(self, key: str) -> list[CaseLink]:
        """Return a case's links."""
        return [_read_link(item) for item in self.table.query(key, first="link#", last="link#~")]

    def linked(self, key: str, hash_ids: Iterable[str]) -> frozenset[str]:
        """Return those of these hashes that the case has a link to."""
        found = self.table.get_many([(key, f"link#{hash_id}") for hash_id in hash_ids])
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
            *(put(self.table, _link(case, one.link), _FREE) for one in additions),
            *self.bank.writes([one.hash for one in additions]),
        ]
        transact(self.table.client, writes)

    def mark_withdrawn(self, key: str) -> None:
        """Let nothing more be added to a case. Its links are withdrawn one by one after this.

        Raises:
            Conflict: an addition is under way. Nothing was written.
        """
        try:
            self.table.client.update_item(
                TableName=self.table.name,
                Key=encode_key((key, "case")),
                UpdateExpression="SET #status = :withdrawn",
                ConditionExpression="attribute_exists(pk)",
                ExpressionAttributeNames={"#status": "status"},
                ExpressionAttributeValues=encode({":withdrawn": Status.WITHDRAWN.value}),
            )
        except self.table.client.exceptions.TransactionConflictException:
            raise Conflict from None

    def _advance(self, case: Case, received: int) -> Any:
        if case.received == 0:
            return put(self.table, _item(case, received), _FREE)
        return {
            "Update": {
                "TableName": self.table.name,
                "Key": encode_key((case.key, "case")),
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


_FREE = "attribute_not_exists(pk)"


def _item(case: Case, received: int) -> Item:
    return {
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


def _read(item: Item) -> Case:
    return Case(
        key=item["pk"],
        verifier=Verifier(item["salt"], Kdf.from_tag(item["kdf"]), item["verifier"]),
        status=Status(item["status"]),
        since=date.fromisoformat(item["since"]),
        total=item["total"],
        received=item["received"],
    )


def _link(case: Case, link: CaseLink) -> Item:
    kept: Item = {
        "pk": case.key,
        "sk": f"link#{link.hash_id}",
        "hash_id": link.hash_id,
        "link_id": link.link_id,
    }
    if link.origin.variant is not None:
        kept["variant"] = link.origin.variant
    if link.origin.reduced:
        kept["reduced"] = True
    return kept


def _read_link(item: Item) -> CaseLink:
    origin = Origin(item.get("variant"), item.get("reduced", False))
    return CaseLink(item["hash_id"], item["link_id"], origin)
