"""Where a webhook goes: what its URL says, parsed once and refused unless it is plain."""

import re
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

_PRINTABLE = re.compile(r"[!-\[\]-~]{1,2000}")
"""ASCII without spaces and backslashes: parsers of URLs differ in what they make of the rest."""

HTTPS = 443


@dataclass(frozen=True)
class Target:
    """An HTTPS address. `path` has the query with it."""

    host: str
    port: int
    path: str

    @classmethod
    def parse(cls, url: object) -> "Target":
        """Read a URL.

        Raises:
            ValueError: it is none, has another scheme than https, names a user, a fragment or
                no host. The message says which and does not quote it.
        """
        if not isinstance(url, str) or not _PRINTABLE.fullmatch(url):
            raise ValueError("it is not a URL in printable ASCII")
        parts = _split(url)
        if parts.scheme != "https":
            raise ValueError("its scheme is not https")
        if "@" in parts.netloc:
            raise ValueError("it names a user or a password")
        if "#" in url:
            raise ValueError("it has a fragment")
        if not parts.hostname or parts.netloc.endswith(":"):
            raise ValueError("it names no host, or an empty port")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return cls(parts.hostname, HTTPS if parts.port is None else parts.port, path)

    @property
    def authority(self) -> str:
        """The host as the request names it."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == HTTPS else f"{host}:{self.port}"


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        raise ValueError("it is not a URL") from None  # else it would quote what it is instead
    return parts
