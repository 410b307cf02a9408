"""Who takes part: partners.json, parsed once and refused when it is not what it should be."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("partners.json")
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""Becomes part of resource ids, table keys and metrics, so it is kept plain."""
_QUEUE_ARN = re.compile(r"arn:aws:sqs:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,80}")


@dataclass(frozen=True)
class SqsTransport:
    """The partner's own queue, in the partner's own account."""

    queue_arn: str


@dataclass(frozen=True)
class Partner:
    """A platform that fetches the bank and is told when it changes."""

    id: str
    name: str
    transport: SqsTransport


def load_partners(file: Path = _FILE) -> tuple[Partner, ...]:
    """Every partner, in the order of the file.

    Raises:
        ValueError: an entry is not well-formed, or two have the same id.
    """
    partners = tuple(_partner(entry) for entry in json.loads(file.read_text()))
    ids = [partner.id for partner in partners]
    if len(ids) != len(set(ids)):
        raise ValueError("partners.json: two partners have the same id")
    return partners


def _partner(entry: dict[str, object]) -> Partner:
    if set(entry) != {"id", "name", "transport"}:
        raise ValueError("partners.json: a partner has exactly id, name and transport")
    ident, name = entry["id"], entry["name"]
    if not isinstance(ident, str) or not _ID.fullmatch(ident) or len(ident) > 40:
        raise ValueError("partners.json: id is lower-case words joined by dashes, 40 at most")
    if not isinstance(name, str) or not 0 < len(name.strip()) <= 80:
        raise ValueError("partners.json: name has 1 to 80 characters")
    return Partner(ident, name, _transport(entry["transport"]))


def _transport(entry: object) -> SqsTransport:
    if not isinstance(entry, dict) or set(entry) != {"kind", "queue_arn"} or entry["kind"] != "sqs":
        raise ValueError("partners.json: transport is {kind: sqs, queue_arn}")
    queue_arn = entry["queue_arn"]
    if not isinstance(queue_arn, str) or not _QUEUE_ARN.fullmatch(queue_arn):
        raise ValueError("partners.json: queue_arn is not the ARN of an SQS queue")
    return SqsTransport(queue_arn)
