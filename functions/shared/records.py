"""A hash as the v1 wire shows it to one partner."""

from typing import Any

from functions.shared.bank import CONFIRMATIONS, BankHash, Feedback, Status
from functions.shared.feed import Entry
from functions.shared.partners import pseudonym


def record(entry: Entry, partner: str, key: bytes) -> dict[str, Any]:
    """Return the record of one hash for one partner, whose case ids are pseudonyms under `key`.

    `hashId`, `version` and `disputed` are ours; v1 clients ignore fields that they do not know.
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
        "disputed": item.disputed,
    }


def _feedbacks(item: BankHash) -> list[dict[str, Any]]:
    return [
        {"feedbackValue": _shown(item, answer), "tags": list(answer.tags), "source": source}
        for source, answer in sorted(item.feedback.items())
    ]


def _shown(item: BankHash, answer: Feedback) -> str:
    """Return a partner's answer; while the hash is active, its verdict before a confirmation.

    The confirmation is for the one case that was withdrawn. To other partners it would look as if
    the hash were not to be acted on any more.
    """
    confirms = answer.value in CONFIRMATIONS and item.status is Status.ACTIVE
    return (answer.verdict.value if confirms and answer.verdict else answer.value).value
