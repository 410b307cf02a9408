"""Partners' keys as stored: an item for each, by its digest, issued and revoked in whole sets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from functions.shared.errors import TooManySets
from functions.shared.partners import SUBSCRIPTION, Key, KeySet, digest
from functions.shared.store.codec import Item
from functions.shared.store.codec import Key as ItemKey
from functions.shared.store.patience import until_it_holds
from functions.shared.store.revocations import Revocations, RevokedSet
from functions.shared.store.table import Table
from functions.shared.store.transactions import delete, put, transact

MOST_SETS = 2
"""The one in use and the one that is to replace it: what a rotation takes."""


@dataclass(frozen=True)
class KeyStore:
    """Keys by digest for who comes with them; sets by partner for who issues them."""

    table: Table

    def find(self, subscription_key: str, function_key: str) -> tuple[Key | None, Key | None]:
        """Return what these two keys open. One read, whatever they are.

        What is compared is digests, and by the table: how much of a guess is right is told by no
        clock.
        """
        places = [_place(digest(key)) for key in (subscription_key, function_key)]
        found = {item["pk"]: _read(item) for item in self.table.get_many(places)}
        subscription, function = (found.get(pk) for pk, _ in places)
        return subscription, function

    def sets(self, partner: str) -> tuple[KeySet, ...]:
        """Return the sets that are valid for this partner, the oldest first."""
        found = {item["sk"]: item for item in self.table.query(_index(partner))}
        ids = found.get(_SETS, {}).get("set_ids", [])
        return tuple(
            KeySet(one, found[_row(one, SUBSCRIPTION)]["issued"], _opens(one, found)) for one in ids
        )

    def add(self, partner: str, added: KeySet, keys: Mapping[str, str]) -> None:
        """Store a new set, all of it or nothing; `keys` by what they open, in the clear.

        Raises:
            TooManySets: the partner has two. Nothing was written.
        """
        until_it_holds(partial(self._add, partner, added, keys))

    def revoke(self, partner: str, set_id: str, ledger: Revocations, today: date) -> bool:
        """Delete a set, all of it or nothing; from then on none of its keys opens anything.

        That it was revoked goes into the ledger with it. Returns whether there was such a set.
        """
        return until_it_holds(partial(self._revoke, partner, set_id, ledger, today))

    def revoke_again(self, revoked: RevokedSet, ledger: Revocations, today: date) -> bool:
        """Delete a set that a backup has brought back, and whatever of it has come without the set.

        Returns whether the set was there.
        """
        there = self.revoke(revoked.partner, revoked.id, ledger, today)
        self.table.delete_many([_place(one) for one in revoked.digests])
        return there

    def _add(self, partner: str, added: KeySet, keys: Mapping[str, str]) -> None:
        before = self._ids(partner)
        if len(before) >= MOST_SETS:
            raise TooManySets
        writes = [self._ids_become(partner, before, [*before, added.id])]
        for opens, key in keys.items():
            kept = {"opens": opens, "set": added.id, "issued": added.issued}
            row = {"pk": _index(partner), "sk": _row(added.id, opens), "digest": digest(key)}
            writes.append(put(self.table, _item(digest(key), partner, kept), _FREE))
            writes.append(put(self.table, row | kept, _FREE))
        transact(self.table.client, writes)

    def _revoke(self, partner: str, set_id: str, ledger: Revocations, today: date) -> bool:
        before = self._ids(partner)
        if set_id not in before:
            return False
        left = [one for one in before if one != set_id]
        rows = list(self.table.query(_index(partner), first=_row(set_id, ""), last=_end(set_id)))
        gone = [(row["pk"], row["sk"]) for row in rows] + [_place(row["digest"]) for row in rows]
        deletes = [delete(self.table, key) for key in gone]
        revoked = RevokedSet(partner, set_id, tuple(row["digest"] for row in rows))
        noted = ledger.entry(revoked, today)
        transact(self.table.client, [self._ids_become(partner, before, left), noted, *deletes])
        return True

    def _ids(self, partner: str) -> list[str]:
        item = self.table.get((_index(partner), _SETS))
        return list(item["set_ids"]) if item else []

    def _ids_become(self, partner: str, before: list[str], after: list[str]) -> Any:
        """Return the entry by which two who issue or revoke at once take turns."""
        item = {"pk": _index(partner), "sk": _SETS, "set_ids": after}
        if before:
            return put(self.table, item, "set_ids = :seen", seen=before)
        return put(self.table, item, f"{_FREE} OR set_ids = :none", none=[])


_FREE = "attribute_not_exists(pk)"
_SETS = "sets"


def _place(digested: str) -> ItemKey:
    return f"key#{digested}", "key"


def _index(partner: str) -> str:
    return f"keys#{partner}"


def _row(set_id: str, opens: str) -> str:
    return f"set#{set_id}#{opens}"


def _end(set_id: str) -> str:
    return _row(set_id, "\U0010ffff")


def _item(digested: str, partner: str, kept: Item) -> Item:
    pk, sk = _place(digested)
    return {"pk": pk, "sk": sk, "partner": partner, **kept}


def _read(item: Item) -> Key | None:
    """Return a key; nothing for one that was issued before keys had items of their own."""
    return Key(item["partner"], item["opens"]) if "opens" in item else None


def _opens(set_id: str, found: Mapping[str, Item]) -> tuple[str, ...]:
    rows = (row for sk, row in found.items() if sk.startswith(_row(set_id, "")))
    return tuple(sorted(row["opens"] for row in rows))
