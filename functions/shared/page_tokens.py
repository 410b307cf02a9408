"""Page tokens: a cursor, signed for one partner and valid for an hour."""

import base64
import binascii
import hmac
import json
from dataclasses import dataclass

from functions.shared.errors import BadParameter
from functions.shared.feed import Cursor

VALID_FOR = 3_600
"""Seconds. Long enough for retries and a deploy in between; the checkpoint covers the rest."""


@dataclass(frozen=True)
class PageTokens:
    """Seals and opens the tokens of one partner. `key` is 32 secret bytes."""

    key: bytes
    partner: str

    def seal(self, cursor: Cursor, now: int) -> str:
        """Return the token for a cursor: URL-safe text."""
        fields = (cursor.start, cursor.segment, cursor.index, cursor.last, now)
        payload = _encode(json.dumps(fields, separators=(",", ":")).encode())
        return f"{payload}.{self._sign(payload)}"

    def open(self, token: str, start: int, now: int) -> Cursor:
        """Return the cursor that a token holds.

        Raises:
            BadParameter: forged, expired, another partner's, or of a run with another start.
        """
        payload, _, signature = token.partition(".")
        genuine = token.isascii() and hmac.compare_digest(signature, self._sign(payload))
        if not genuine:
            raise BadParameter("Not a token of yours.", field="nextPageToken")
        begun, segment, index, last, issued = json.loads(_decode(payload))
        if begun != start:
            raise BadParameter("The token is of another startTimestamp.", field="nextPageToken")
        if now > issued + VALID_FOR:
            raise BadParameter("The token has expired.", field="nextPageToken")
        return Cursor(begun, segment, index, last)

    def _sign(self, payload: str) -> str:
        return _encode(hmac.digest(self.key, f"{self.partner}\n{payload}".encode(), "sha256"))


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        raise BadParameter("Not a token of yours.", field="nextPageToken") from None
