"""A partner's keys: `python -m infrastructure.keys issue|list|revoke PARTNER --table BANK_TABLE`.

`revoke` needs `--erasures ERASURES_TABLE` as well: it is noted there for whoever restores a backup.

`issue` prints a set once, as JSON; only digests are stored. A partner may have two sets, so keys
are changed without a gap: issue the second, let the partner move over, revoke the first. What is
revoked opens nothing from that moment on.
"""

import argparse
import json
import secrets
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

import boto3

from functions.shared.errors import TooManySets
from functions.shared.partners import SUBSCRIPTION, KeySet, partners
from functions.shared.store.keys import KeyStore
from functions.shared.store.revocations import Revocations
from functions.shared.store.table import Table
from infrastructure.routes import ENDPOINTS


def issue(partner: str, store: KeyStore, today: date) -> dict[str, Any]:
    """Make a set of keys, store its digests, and return the keys themselves.

    Raises:
        TooManySets: the partner has two. Nothing was written.
    """
    keys = {opens: secrets.token_urlsafe(32) for opens in (SUBSCRIPTION, *ENDPOINTS)}
    made = KeySet(secrets.token_hex(4), today.isoformat(), tuple(sorted(keys)))
    store.add(partner, made, keys)
    return {
        "set": made.id,
        "subscription_key": keys.pop(SUBSCRIPTION),
        "function_keys": keys,
    }


def valid(partner: str, store: KeyStore) -> list[dict[str, Any]]:
    """Return the partner's sets as they are printed: when each was issued, and what it opens."""
    return [
        {"set": one.id, "issued": one.issued, "opens": list(one.opens)}
        for one in store.sets(partner)
    ]


def revoke(
    partner: str, sets: Sequence[str], store: KeyStore, ledger: Revocations, today: date
) -> list[str]:
    """Revoke these sets, each as a whole, and return those that there were."""
    return [one for one in sets if store.revoke(partner, one, ledger, today)]


def main() -> int:
    chosen = _arguments()
    store = KeyStore(Table(boto3.client("dynamodb"), chosen.table))
    try:
        told = chosen.act(chosen, store)
    except _Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    return 0


class _Refused(Exception):
    """What the operator asked for was not done, and why."""


def _issue(chosen: argparse.Namespace, store: KeyStore) -> Any:
    if chosen.partner not in {one.id for one in partners()}:
        raise _Refused("Nobody of that id is in infrastructure/partners.json.")
    try:
        return issue(chosen.partner, store, _today())
    except TooManySets:
        raise _Refused("Two sets are valid already: list them, and revoke one first.") from None


def _list(chosen: argparse.Namespace, store: KeyStore) -> Any:
    return valid(chosen.partner, store)


def _revoke(chosen: argparse.Namespace, store: KeyStore) -> Any:
    if bool(chosen.set) == chosen.all:
        raise _Refused("Say which set, or --all.")
    named = [one.id for one in store.sets(chosen.partner)] if chosen.all else [chosen.set]
    ledger = Revocations(Table(store.table.client, chosen.erasures))
    revoked = revoke(chosen.partner, named, store, ledger, _today())
    if not revoked and not chosen.all:
        raise _Refused("This partner has no such set; none was revoked.")
    return {"revoked": revoked}


def _today() -> date:
    return datetime.now(UTC).date()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Issue, list and revoke a partner's keys.")
    verbs = parser.add_subparsers(required=True)
    for name, act, said in (
        ("issue", _issue, "print a new set of keys, once"),
        ("list", _list, "show which sets are valid, without their keys"),
        ("revoke", _revoke, "make a set open nothing from now on"),
    ):
        verb = verbs.add_parser(name, help=said)
        verb.add_argument("partner", help="its id in infrastructure/partners.json")
        if act is _revoke:
            verb.add_argument("set", nargs="?", help="the id of a set, as `list` shows it")
            verb.add_argument("--all", action="store_true", help="every set of this partner")
            verb.add_argument("--erasures", required=True, help="name of the ledger's table")
        verb.add_argument("--table", required=True, help="name of the bank's table")
        verb.set_defaults(act=act)
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
