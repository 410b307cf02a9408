"""What partners are told of changes: thin, so nothing sensitive lands in their logs."""

import json
from collections.abc import Mapping

from functions.shared.bank import BankHash
from functions.shared.log import Segment
from functions.shared.notification import Notification

BANK_CHANGED = "bank.changed"


def events(segment: Segment, hashes: Mapping[str, BankHash]) -> list[Notification]:
    """Return what to tell of one log segment: one notification for each signal type in it.

    It has the same id however often the segment is told of, and carries no hash and no case.
    `hashes` are those of the segment by id. Erased ones are absent there, and are left out here.
    """
    by_type: dict[str, list[dict[str, str | int]]] = {}
    for hash_id, version in segment.changes:
        if hash_id in hashes:
            of_type = by_type.setdefault(hashes[hash_id].signal.type, [])
            of_type.append({"hashId": hash_id, "version": version})
    return [_event(segment, kind, by_type[kind]) for kind in sorted(by_type)]


def _event(segment: Segment, signal_type: str, changes: list[dict[str, str | int]]) -> Notification:
    """Return one notification. `cursor` is the segment's time: a fetch from there shows it."""
    body = {
        "type": BANK_CHANGED,
        "id": f"msg_{segment.number:012d}_{signal_type}",
        "signalType": signal_type,
        "cursor": segment.ts,
        "changes": changes,
    }
    return Notification(str(body["id"]), json.dumps(body, separators=(",", ":")), signal_type)
