"""Short texts that only we can make: signed for one partner and one purpose, for an hour."""

import base64
import binascii
import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

VALID_FOR = 3_600
"""Seconds. Long enough for retries and a deploy in between."""


class Broken(Exception):
    """Not a text of ours for this partner and purpose, or not any more."""


@dataclass(frozen=True)
class Seal:
    """Seals and opens the texts of one partner. `key` is 32 secret bytes, another per purpose."""

    key: bytes
    partner: str

    def seal(self, fields: Sequence[Any], now: int) -> str:
        """Return fields, which are plain JSON values, as URL-safe text."""
        payload = _encode(json.dumps([*fields, now], separators=(",", ":")).encode())
        return f"{payload}.{self._sign(payload)}"

    def open(self, text: str, now: int) -> list[Any]:
        """Return the fields.

        Raises:
            Broken: forged, another partner's, or expired. Its text says which, for the partner.
        """
        payload, _, signature = text.partition(".")
        if not (text.isascii() and hmac.compare_digest(signature, self._sign(payload))):
            raise Broken("Not a token of yours.")
        fields: list[Any] = json.loads(_decode(payload))
        issued = fields.pop()
        if now > issued + VALID_FOR:
            raise Broken("The token has expired.")
        return fields

    def _sign(self, payload: str) -> str:
        return _encode(hmac.digest(self.key, f"{self.partner}\n{payload}".encode(), "sha256"))


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise Broken("Not a token of yours.") from None
