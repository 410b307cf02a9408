"""Page tokens: a cursor, signed for one partner and valid for an hour."""

from dataclasses import dataclass

from functions.shared.errors import BadParameter
from functions.shared.feed import Cursor
from functions.shared.seal import VALID_FOR, Broken, Seal

__all__ = ["VALID_FOR", "PageTokens"]


@dataclass(frozen=True)
class PageTokens:
    """Seals and opens the tokens of one partner. `key` is 32 secret bytes."""

    key: bytes
    partner: str

    def seal(self, cursor: Cursor, now: int) -> str:
        """Return the token for a cursor: URL-safe text."""
        fields = (cursor.start, cursor.segment, cursor.index, cursor.last)
        return Seal(self.key, self.partner).seal(fields, now)

    def open(self, token: str, start: int, now: int) -> Cursor:
        """Return the cursor that a token holds.

        Raises:
            BadParameter: forged, expired, another partner's, or of a run with another start.
        """
        try:
            cursor = Cursor(*Seal(self.key, self.partner).open(token, now))
        except Broken as broken:
            raise BadParameter(str(broken), field="nextPageToken") from None
        if cursor.start != start:
            raise BadParameter("The token is of another startTimestamp.", field="nextPageToken")
        return cursor
