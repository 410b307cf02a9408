"""A hash as the v1 wire shows it to one partner."""

from typing import Any

from functions.shared.bank import BankHash
from functions.shared.feed import Entry
from functions.shared.partners import pseudonym


def record(entry: Entry, partner: str, key: bytes) -> dict[str, Any]:
    """Return the record of one hash for one partner, whose case ids are pseudonyms under `key`.

    `hashId` and `version` are ours; v1 clients ignore fields that they do not know.
    """
    item = entry.hash
    return {
        "lastModtimestamp": entry.ts,
        "signalType": item.signal.type,
        "hashValue": item.signal.value,
        "hashStatus": item.status.value,
        "caseNumbers": {
            pseudonym(key, partner, link_id): link.status.value
            for link_id, link in item.links.items()
        },
        "CSPFeedbacks": _feedbacks(item),
        "hashId": item.id,
        "version": item.version,
    }


def _feedbacks(item: BankHash) -> list[dict[str, Any]]:
    return [
        {"feedbackValue": answer.value.value, "tags": list(answer.tags), "source": source}
        for source, answer in sorted(item.feedback.items())
    ]
