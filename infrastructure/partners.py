"""Who takes part: partners.json, parsed once and refused when it is not what it should be."""

import json
import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from functions.shared.partners import SANDBOX
from functions.shared.signals import SIGNAL_TYPES, V1_TYPES
from infrastructure.transports import Transport, transport

REGISTER_FILE = Path(
    os.environ.get("PARTNERS_REGISTER") or Path(__file__).with_name("partners.json")
)
MOST = 20
"""Partners that one stack has room for. CloudFormation takes 500 resources a stack: what is there
once are some 125, and a partner is 16 at most. The rest is for what lint adds, and for us to grow.
Source: AWS CloudFormation guide, "Understand CloudFormation quotas"."""
_ID = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
"""Becomes part of resource ids, table keys and metrics, so it is kept plain."""


@dataclass(frozen=True)
class Partner:
    """A platform that fetches the bank and is told when it changes."""

    id: str
    name: str
    transport: Transport
    signal_types: Collection[str] = V1_TYPES
    """What it is told of; the functions have the same default."""

    @property
    def words(self) -> str:
        """The id as CloudFormation takes it for a name."""
        return words(self.id)


def words(partner: str) -> str:
    """Return a partner's id as CloudFormation takes it: `some-platform` is `SomePlatform`."""
    return "".join(word.capitalize() for word in partner.split("-"))


def load_partners(file: Path = REGISTER_FILE) -> tuple[Partner, ...]:
    """Every partner, in the order of the file.

    Raises:
        ValueError: an entry is not well-formed, two cannot be told apart, or there are too many.
    """
    partners = tuple(_partner(entry) for entry in json.loads(file.read_text()))
    ids = [partner.id for partner in partners]
    if len(ids) != len(set(ids)):
        raise ValueError("partners.json: two partners have the same id")
    if len(ids) != len({partner.words for partner in partners}):
        raise ValueError("partners.json: two ids are the same without their dashes")
    if len(ids) > MOST:
        raise ValueError(
            f"partners.json: it has {len(ids)} partners and one stack has room for {MOST}; "
            "docs/runbook.md says what to do, under concurrency and quotas"
        )
    return partners


def _partner(entry: dict[str, object]) -> Partner:
    if set(entry) - {"signal_types"} != {"id", "name", "transport"}:
        raise ValueError(
            "partners.json: a partner has exactly id, name and transport, and may have signal_types"
        )
    ident, name = entry["id"], entry["name"]
    if not isinstance(ident, str) or not _ID.fullmatch(ident) or len(ident) > 40:
        raise ValueError("partners.json: id is lower-case words joined by dashes, 40 at most")
    if ident == SANDBOX:
        raise ValueError("partners.json: id is the sandbox's, which is no partner")
    if not isinstance(name, str) or not 0 < len(name.strip()) <= 80:
        raise ValueError("partners.json: name has 1 to 80 characters")
    types = _signal_types(entry.get("signal_types", sorted(V1_TYPES)))
    return Partner(ident, name, transport(entry["transport"]), types)


def _signal_types(listed: object) -> tuple[str, ...]:
    """Read which types of signal a partner is sent."""
    if not isinstance(listed, list) or not all(isinstance(one, str) for one in listed):
        raise ValueError("partners.json: signal_types is a list of names")
    if not listed or len(listed) != len(set(listed)) or not set(listed) <= set(SIGNAL_TYPES):
        known = ", ".join(SIGNAL_TYPES)
        raise ValueError(f"partners.json: signal_types lists some of {known}, each once")
    return tuple(listed)
