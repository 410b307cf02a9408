"""Writes down every request that a browser makes."""

import json
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Request

OTHER_BROWSERS_FEATURE = "Error with Permissions-Policy header: Unrecognized feature"
"""The policy names what any browser has; each complains of what it has not."""


@dataclass(frozen=True)
class Sent:
    """One request: all that went out."""

    method: str
    url: str
    headers: dict[str, str]
    body: bytes

    @property
    def everything(self) -> bytes:
        """Return address, headers and body together."""
        return b"\n".join([self.url.encode(), json.dumps(self.headers).encode(), self.body])


@dataclass
class Recorder:
    """All requests of a browser context, workers included, and what its console complained of."""

    sent: list[Sent] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def listen(self, context: BrowserContext) -> None:
        """Begin to write down."""
        context.on("request", self._note)
        context.on("console", lambda message: self._complain(message.type, message.text))
        context.on("weberror", lambda error: self._complain("error", str(error.error)))

    def bodies(self, path: str) -> list[Any]:
        """Return the JSON bodies that were posted to a path."""
        posted = [one for one in self.sent if one.method == "POST" and one.url.endswith(path)]
        return [json.loads(one.body) for one in posted]

    def _note(self, request: Request) -> None:
        body = request.post_data_buffer or b""
        self.sent.append(Sent(request.method, request.url, dict(request.all_headers()), body))

    def _complain(self, kind: str, text: str) -> None:
        if kind in ("error", "warning") and not text.startswith(OTHER_BROWSERS_FEATURE):
            self.complaints.append(text)
