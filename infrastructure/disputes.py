"""Disputed hashes: `python -m infrastructure.disputes list|show|keep|delist --table BANK_TABLE`.

`keep` settles a dispute: only as many objections given after that make a new one. `delist` takes a
hash away from every partner, whoever reports it again; `keep` undoes that. Prints JSON: ids, what
partners said, dates. Never a hash, and never a case, which the bank does not know.
"""

import argparse
import json
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

import boto3

from functions.shared.bank import BankHash
from functions.shared.disputes import Decide, delist, keep, objectors
from functions.shared.errors import NotDisputed
from functions.shared.partners import partner_ids
from functions.shared.store.bank import BankStore
from functions.shared.store.disputes import DisputeStore
from functions.shared.store.patience import until_it_holds
from functions.shared.store.table import Table


class Refused(Exception):
    """What the operator asked for was not done, and why."""


@dataclass(frozen=True)
class Desk:
    """Where the operator looks at disputes and decides them."""

    disputes: DisputeStore
    bank: BankStore

    def list(self) -> list[dict[str, Any]]:
        """Return the disputed hashes, the longest waiting first.

        Without those that nobody stands behind any more: they are withdrawn from everybody.
        """
        found = self.bank.by_id(self.disputes.open())
        waiting = [item for item in found.values() if item.disputed and item.claimed]
        return [_told(item) for item in sorted(waiting, key=_since)]

    def show(self, hash_id: str) -> dict[str, Any]:
        """Return what partners said about a hash.

        Raises:
            Refused: there is no such hash.
        """
        return _told(self._get(hash_id))

    def decide(self, hash_id: str, decision: Decide, now: int) -> dict[str, Any]:
        """Decide about a hash; the same decision again changes nothing.

        Raises:
            Refused: there is no such hash, or no dispute was ever about it.
        """
        return _told(until_it_holds(partial(self._decide, hash_id, decision, now)))

    def _decide(self, hash_id: str, decision: Decide, now: int) -> BankHash:
        item = self._get(hash_id)
        try:
            decided = decision(item, now)
        except NotDisputed:
            raise Refused("No dispute was ever about this hash.") from None
        if decided is None:
            return item
        self.bank.write([decided])
        return decided

    def _get(self, hash_id: str) -> BankHash:
        item = self.bank.by_id([hash_id]).get(hash_id)
        if item is None:
            raise Refused("The bank has no hash of this id.")
        return item


def _told(item: BankHash) -> dict[str, Any]:
    verdicts = {
        partner: said.verdict.value.value
        for partner, said in sorted(item.feedback.items())
        if said.verdict
    }
    return {
        "hash": item.id,
        "signalType": item.signal.type,
        "status": item.status.value,
        "disputed": _day(item.dispute.at) if item.dispute and item.dispute.open else None,
        "decision": (
            {"ruling": item.decision.ruling.value, "on": _day(item.decision.at)}
            if item.decision
            else None
        ),
        "changed": _day(item.changed_at),
        "counts": dict(sorted(Counter(verdicts.values()).items())),
        "verdicts": verdicts,
        "objectors": sorted(objectors(item, partner_ids())),
    }


def _since(item: BankHash) -> int:
    return item.dispute.at if item.dispute else 0


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, UTC).date().isoformat()


def main() -> int:
    chosen = _arguments()
    table = Table(boto3.client("dynamodb"), chosen.table)
    try:
        told = _act(chosen, Desk(DisputeStore(table), BankStore(table)))
    except Refused as refused:
        sys.stderr.write(f"{refused}\n")
        return 1
    sys.stdout.write(json.dumps(told, indent=2) + "\n")
    return 0


def _act(chosen: argparse.Namespace, desk: Desk) -> Any:
    match chosen.verb:
        case "list":
            return desk.list()
        case "show":
            return desk.show(chosen.hash)
    decision = {"keep": keep, "delist": delist}[chosen.verb]
    return desk.decide(chosen.hash, decision, int(time.time()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Look at disputed hashes and decide about them.")
    verbs = parser.add_subparsers(required=True, dest="verb")
    for name, said in (
        ("list", "show what is disputed, the longest waiting first"),
        ("show", "show what partners said about a hash"),
        ("keep", "settle a dispute: the hash stays; or list a delisted one again"),
        ("delist", "take a hash away from every partner"),
    ):
        verb = verbs.add_parser(name, help=said)
        if name != "list":
            verb.add_argument("hash", metavar="HASH_ID", type=_id, help="as `list` shows it")
        verb.add_argument("--table", required=True, help="name of the bank's table")
    return parser.parse_args([_no_option(one) for one in sys.argv[1:]])


_KEY = "hash#"
"""What an id begins with in the table, and may begin with here."""


def _no_option(word: str) -> str:
    """Return a word of the command line so that an id with a dash in front is not an option."""
    return _KEY + word if re.fullmatch(r"-[\w-]{21}", word, re.ASCII) else word


def _id(word: str) -> str:
    return word.removeprefix(_KEY)


if __name__ == "__main__":
    raise SystemExit(main())
