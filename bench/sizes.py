"""How large the items are that the store writes, and what each costs: the ground of docs/scale.md.

The items are made by the store's own code; sizes are by the rules of DynamoDB's developer guide,
"Item sizes and formats".
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import reduce
from typing import Any

from bench.caught import caught, items_of
from bench.generated import id_of
from bench.table import Table
from functions.partner_sync.messages import delivery_of
from functions.shared.bank import BankHash, FeedbackValue, unpublished
from functions.shared.cases import Addition, CaseLink, open_case
from functions.shared.credentials import Kdf, Verifier
from functions.shared.deliveries import Delivery
from functions.shared.events import events
from functions.shared.log import MOST_PER_SEGMENT, Segment
from functions.shared.signals import Origin, Signal
from functions.shared.store.bank import BankStore
from functions.shared.store.cases import CaseStore
from functions.shared.store.delivery_items import writes
from functions.shared.store.log import LogStore
from functions.shared.store.transactions import transact
from tests.simulation.dynamodb.sizes import size

NOW = 1_800_000_000
KB = 1_024
WRITTEN_AT_ONCE, READ_AT_ONCE = KB, 4 * KB
"""Bytes of one write unit, and of one strongly consistent read unit."""


def main() -> None:
    print(table({name: size(item) for name, item in _items().items()}))


def table(sizes: Mapping[str, int]) -> Table:
    return Table(
        "Sizes: bytes of the items that the store writes, and the units that each costs",
        "Write units of a put alone and in a transaction, where each counts twice; read units of a "
        "strongly consistent read of the item alone. A batch read rounds each item up, a query "
        "only the sum.",
        ("", "bytes", "write", "in transaction", "read"),
        [_row(name, bytes_) for name, bytes_ in sizes.items()],
    )


def _row(name: str, bytes_: int) -> tuple[str, ...]:
    written, read = -(-bytes_ // WRITTEN_AT_ONCE), -(-bytes_ // READ_AT_ONCE)
    return name, f"{bytes_}", f"{written}", f"{2 * written}", f"{read}"


def _items() -> dict[str, Any]:
    return {**_of_a_case(), **_of_a_known_hash(), **_of_a_segment(), **_of_a_delivery()}


def _of_a_case() -> dict[str, Any]:
    kdf = Kdf()
    case = open_case(
        "c" * 64, Verifier(bytes(16), kdf, bytes(32)), 10, date(2027, 1, 15), bytes(32)
    )
    fresh = unpublished(Signal("ImagePDQ", "f" * 64), id_of(1), NOW).linked(id_of(2), NOW)
    addition = Addition(fresh, CaseLink(fresh.id, id_of(2), Origin("whole")))
    written = caught(lambda table: CaseStore(table, BankStore(table)).add(case, 1, [addition]))
    names = ("case", "link from case to hash", "pointer from value", "new hash", "outbox row")
    return dict(zip(names, items_of(written), strict=True))


def _of_a_known_hash() -> dict[str, Any]:
    """Return a hash that is as full as many will be: three cases, and five partners' answers."""
    steps = [_linked(link) for link in range(3)] + [
        _answered(f"partner-{each}") for each in range(5)
    ]
    fresh = unpublished(Signal("ImagePDQ", "f" * 64), id_of(1), NOW)
    known = reduce(lambda item, step: step(item), steps, fresh)
    written = caught(lambda table: BankStore(table).write([known]))
    return {"hash of 3 cases, 5 answers": next(items_of(written))}


def _linked(link: int) -> Any:
    return lambda item: item.linked(id_of(link), NOW)


def _answered(partner: str) -> Any:
    return lambda item: item.answered(partner, FeedbackValue.BLOCKED, ("seen",), NOW)


def _full_segment() -> Segment:
    changes = tuple((id_of(each), 1) for each in range(MOST_PER_SEGMENT))
    return Segment(100_000, NOW, MOST_PER_SEGMENT, changes)


def _of_a_segment() -> dict[str, Any]:
    segment = _full_segment()
    stored, mention, *_ = caught(lambda table: LogStore(table, BankStore(table)).append(segment))
    values = mention["Update"]["ExpressionAttributeValues"]
    named = {name.removeprefix(":"): value for name, value in values.items()}
    return {
        f"segment of {MOST_PER_SEGMENT}": stored["Put"]["Item"],
        "first mention of a hash": {**mention["Update"]["Key"], **named},
    }


def _of_a_delivery() -> dict[str, Any]:
    segment = _full_segment()
    bodies = {one: _body(one) for one, _ in segment.changes}
    [full] = events(segment, bodies)
    small = json.dumps({**json.loads(full.body), "changes": [{"hashId": id_of(1), "version": 1}]})
    found: dict[str, Any] = {}
    for name, body in ((f"of {MOST_PER_SEGMENT} changes", full.body), ("of one change", small)):
        moved = _moved(delivery_of(body, NOW))
        waiting, due = items_of(moved)
        found |= {f"waiting notification {name}": waiting, "when it is due": due}
    return found


def _moved(delivery: Delivery) -> list[Any]:
    return caught(
        lambda table: transact(table.client, writes(table, "example-social", None, delivery))
    )


def _body(hash_id: str) -> BankHash:
    return unpublished(Signal("ImagePDQ", "f" * 64), hash_id, NOW)


if __name__ == "__main__":
    main()
