"""What partners are told of changes: thin, so nothing sensitive lands in their logs."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from functions.shared.bank import BankHash
from functions.shared.log import Segment

BANK_CHANGED = "bank.changed"


@dataclass(frozen=True)
class Event:
    """What happened to hashes of one signal type in one log segment."""

    id: str
    """The same however often this segment is told of, so a receiver knows a repeat."""
    signal_type: str
    body: str
    """JSON: hash ids and versions, no hash, no case."""


def events(segment: Segment, hashes: Mapping[str, BankHash]) -> list[Event]:
    """Return what to tell of one log segment: an event for each signal type in it.

    `hashes` are those of the segment by id. Erased ones are absent there, and are left out here.
    """
    by_type: dict[str, list[dict[str, str | int]]] = {}
    for hash_id, version in segment.changes:
        if hash_id in hashes:
            of_type = by_type.setdefault(hashes[hash_id].signal.type, [])
            of_type.append({"hashId": hash_id, "version": version})
    return [_event(segment, kind, by_type[kind]) for kind in sorted(by_type)]


def _event(segment: Segment, signal_type: str, changes: list[dict[str, str | int]]) -> Event:
    """Return one event. `cursor` is the segment's time: a fetch from there shows the changes."""
    body = {
        "type": BANK_CHANGED,
        "id": f"msg_{segment.number:012d}_{signal_type}",
        "signalType": signal_type,
        "cursor": segment.ts,
        "changes": changes,
    }
    return Event(str(body["id"]), signal_type, json.dumps(body, separators=(",", ":")))
