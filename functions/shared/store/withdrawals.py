"""Cases on their way out: begun in one transaction, emptied link by link, closed when empty.

What is left to do is what is still stored, so any run may go on where another one died.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from functions.shared.bank import BankHash, Status
from functions.shared.cases import Case, CaseLink
from functions.shared.store.bank import BankStore
from functions.shared.store.cases import case_key_of, link_key_of
from functions.shared.store.codec import Item, encode, encode_key
from functions.shared.store.erasures import ErasureStore
from functions.shared.store.table import EXPIRES, Table
from functions.shared.store.transactions import (
    MOST_WRITES_A_TRANSACTION,
    delete,
    put_anyway,
    transact,
)
from functions.shared.store.withdrawn_rows import WithdrawnLink, row_of

LINKS_A_TRANSACTION = (MOST_WRITES_A_TRANSACTION - 1) // 4
"""Four writes a link (hash, outbox row, row of what is to be forgotten, the link itself), and
the receipt."""

_BEGUN = "withdrawals"


@dataclass(frozen=True)
class WithdrawalStore:
    """What of withdrawals is begun and not done yet."""

    table: Table
    bank: BankStore
    erasures: ErasureStore

    def begin(self, case: Case, today: date) -> None:
        """Let nothing more be added to a case, and note that it is to be emptied.

        A case that has no `receipt_key` or `ends` stored yet gets those that are given here.

        Raises:
            Conflict: an addition is under way, or the number is another case's by now. Nothing was
                written.
        """
        begun = put_anyway(self.table, {"pk": _BEGUN, "sk": case.key})
        entry = self.erasures.entry(case.key, today)
        transact(self.table.client, [self._mark(case), begun, entry])

    def begun(self, first: str) -> Iterator[str]:
        """Yield the keys of the cases that are to be emptied, from `first` on and round again."""
        ahead = self.table.query(_BEGUN, first=first)
        behind = self.table.query(_BEGUN, last=first)
        return (item["sk"] for item in chain(ahead, behind))

    def take_back(
        self,
        case: Case,
        links: Sequence[CaseLink],
        changed: Sequence[BankHash],
        withdrawn: Sequence[WithdrawnLink],
        receipt: tuple[bytes, int] | None,
    ) -> None:
        """Store hashes without these links of a case, and remove the links from the case.

        `receipt` is what is kept for the person, sealed, and the time when that goes. At most
        `LINKS_A_TRANSACTION` at a time.

        Raises:
            Conflict: a hash has moved on since it was read, or a link is gone. Nothing was written.
        """
        writes = [
            *self.bank.writes(changed),
            *(put_anyway(self.bank.table, row_of(one)) for one in withdrawn),
            *(self._removal(case, link) for link in links),
        ]
        if receipt:
            writes.append(self._receipt(case, *receipt))
        transact(self.table.client, writes)

    def close(self, case: Case, expires: int) -> None:
        """Let an empty case go at `expires`, seconds since 1970, and call its withdrawal done.

        Raises:
            Conflict: another write to the case is under way. Nothing was written.
        """
        ends = {
            "Update": {
                "TableName": self.table.name,
                "Key": encode_key(case_key_of(case.key)),
                "UpdateExpression": f"SET {EXPIRES} = if_not_exists({EXPIRES}, :expires)",
                "ConditionExpression": "verifier = :verifier",
                "ExpressionAttributeValues": encode(
                    {":expires": expires, ":verifier": case.verifier.digest}
                ),
            }
        }
        transact(self.table.client, [ends, delete(self.table, (_BEGUN, case.key))])

    def forget(self, case_key: str) -> None:
        """Call a withdrawal done whose case is gone."""
        transact(self.table.client, [delete(self.table, (_BEGUN, case_key))])

    def _mark(self, case: Case) -> Any:
        change = "SET #status = :withdrawn"
        values: Item = {":withdrawn": Status.WITHDRAWN.value, ":verifier": case.verifier.digest}
        if case.receipt_key:
            change += ", receipt_key = if_not_exists(receipt_key, :receipt_key)"
            values[":receipt_key"] = case.receipt_key
        if case.ends:
            change += ", ends = if_not_exists(ends, :ends)"
            values[":ends"] = case.ends
        return {
            "Update": {
                "TableName": self.table.name,
                "Key": encode_key(case_key_of(case.key)),
                "UpdateExpression": change,
                "ConditionExpression": "verifier = :verifier",
                "ExpressionAttributeNames": {"#status": "status"},
                "ExpressionAttributeValues": encode(values),
            }
        }

    def _removal(self, case: Case, link: CaseLink) -> Any:
        key = link_key_of(case.key, link.hash_id)
        return delete(self.table, key, "link_id = :link_id", link_id=link.link_id)

    def _receipt(self, case: Case, sealed: bytes, expires: int) -> Any:
        kept = {"pk": case.key, "sk": f"receipt#{secrets.token_urlsafe(16)}", "sealed": sealed}
        return put_anyway(self.table, kept | {EXPIRES: expires})
