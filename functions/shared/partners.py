"""The companies that take part: who they are, how they are told, how they prove who they are."""

import hashlib
import hmac
import json
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from functions.shared.errors import UnknownKey, WrongEndpointKey
from functions.shared.signals import V1_TYPES

_LIST = Path(__file__).parents[2] / "infrastructure" / "partners.json"


@dataclass(frozen=True)
class Partner:
    """A company that takes part. `id` is its name on the wire, `name` what people read."""

    id: str
    name: str
    transport: dict[str, Any]
    signal_types: Collection[str] = V1_TYPES
    """What it is sent. Other types stay out of its feed and out of what people read about it."""


@dataclass(frozen=True)
class PartnerKeys:
    """What is kept of a partner's keys: SHA-256 digests, in hex. `functions` is by endpoint."""

    partner: str
    functions: dict[str, tuple[str, ...]]

    def check(self, endpoint: str, function_key: str) -> None:
        """Check the key that a partner sent for one endpoint.

        Raises:
            WrongEndpointKey: the key is this partner's, for another endpoint.
            UnknownKey: the key is not this partner's.
        """
        sent = digest(function_key)
        if _among(sent, self.functions.get(endpoint, ())):
            return
        if any(_among(sent, known) for known in self.functions.values()):
            raise WrongEndpointKey
        raise UnknownKey


@cache
def partners() -> tuple[Partner, ...]:
    """Return the partners in the order of infrastructure/partners.json."""
    return tuple(Partner(**entry) for entry in json.loads(_LIST.read_text(encoding="utf-8")))


def signal_types_of(partner: str) -> Collection[str]:
    """Return the types of signal that this partner is sent."""
    return next((one.signal_types for one in partners() if one.id == partner), V1_TYPES)


def digest(key: str) -> str:
    """Return what is stored of a key. Keys are 256 random bits, so a plain hash suffices."""
    return hashlib.sha256(key.encode()).hexdigest()


def pseudonym(key: bytes, partner: str, link_id: str) -> str:
    """Return the id under which one partner sees one case's link to one hash.

    Stable for that partner and link, and unlinkable to any other: a shared id would let partners
    put one person's pictures together.
    """
    mac = hmac.digest(key, f"{partner}\n{link_id}".encode(), "sha256")
    return str(uuid.UUID(bytes=mac[:16], version=4))


def _among(sent: str, known: tuple[str, ...]) -> bool:
    return any(hmac.compare_digest(sent, one) for one in known)
