"""What partners are told of changes: thin, so nothing sensitive lands in their logs."""

import json

from functions.shared.log import Segment

BANK_CHANGED = "bank.changed"


def bank_changed(segment: Segment) -> str:
    """Return the notification of one log segment, as JSON: hash ids and versions, no hash, no case.

    `cursor` is the segment's time: a fetch from there shows these changes.
    """
    changes = [{"hashId": hash_id, "version": version} for hash_id, version in segment.changes]
    body = {"type": BANK_CHANGED, "cursor": segment.ts, "changes": changes}
    return json.dumps(body, separators=(",", ":"))
