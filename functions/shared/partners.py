"""The companies that take part: who they are, how they are told, how they prove who they are."""

import hashlib
import hmac
import json
import os
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from functions.shared.errors import UnknownKey, WrongEndpointKey
from functions.shared.signals import V1_TYPES

SANDBOX = "sandbox"
"""The partner that is none: who comes with the published keys is answered from fixed dummies."""

SUBSCRIPTION = "subscription"
"""What the key opens that goes with the key of any endpoint."""

REGISTER = Path("infrastructure/partners.json")
"""Where the register is, in the bundle as in this project."""

_LIST = Path(os.environ.get("PARTNERS_REGISTER") or Path(__file__).parents[2] / REGISTER)
"""The variable is for tests of a register that is not ours; nothing that is deployed has it."""


@dataclass(frozen=True)
class Partner:
    """A company that takes part. `id` is its name on the wire, `name` what people read."""

    id: str
    name: str
    transport: dict[str, Any]
    signal_types: Collection[str] = V1_TYPES
    """What it is sent. Other types stay out of its feed and out of what people read about it."""


@dataclass(frozen=True)
class Key:
    """What a key opens, and whose it is. The key itself is kept nowhere."""

    partner: str
    opens: str
    """`SUBSCRIPTION`, or the name of the one endpoint."""


@dataclass(frozen=True)
class KeySet:
    """Keys that were issued together: one subscription key, and one key for each endpoint."""

    id: str
    issued: str
    """A day."""
    opens: tuple[str, ...]


def admitted(subscription: Key | None, function: Key | None, endpoint: str) -> str:
    """Return the partner that may call an endpoint with these two keys.

    They need not be of one set: while a partner changes its keys, it has some of both.

    Raises:
        UnknownKey: a key is missing, unknown or in the place of the other, or they are not of one
            partner.
        WrongEndpointKey: the function key is this partner's, for another endpoint.
    """
    if subscription is None or function is None or subscription.partner != function.partner:
        raise UnknownKey
    if subscription.opens != SUBSCRIPTION or function.opens == SUBSCRIPTION:
        raise UnknownKey
    if function.opens != endpoint:
        raise WrongEndpointKey
    return subscription.partner


@cache
def partners() -> tuple[Partner, ...]:
    """Return the partners in the order of infrastructure/partners.json."""
    return tuple(Partner(**entry) for entry in json.loads(_LIST.read_text(encoding="utf-8")))


def takes_part(partner: str) -> bool:
    """Whether this is a partner of the register, or the sandbox."""
    return partner == SANDBOX or any(one.id == partner for one in partners())


def partner_ids() -> frozenset[str]:
    """Return the ids of the partners that take part."""
    return frozenset(one.id for one in partners())


def signal_types_of(partner: str) -> Collection[str]:
    """Return the types of signal that this partner is sent: none, to one that takes no part."""
    if partner == SANDBOX:
        return V1_TYPES
    return next((one.signal_types for one in partners() if one.id == partner), ())


def digest(key: str) -> str:
    """Return what is stored of a key. Keys are 256 random bits, so a plain hash suffices."""
    return hashlib.sha256(key.encode(errors="surrogatepass")).hexdigest()


def pseudonym(key: bytes, partner: str, link_id: str) -> str:
    """Return the id under which one partner sees one case's link to one hash.

    Stable for that partner and link, and unlinkable to any other: a shared id would let partners
    put one person's pictures together.
    """
    mac = hmac.digest(key, f"{partner}\n{link_id}".encode(), "sha256")
    return str(uuid.UUID(bytes=mac[:16], version=4))
