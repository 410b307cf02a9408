"""The rules of the edge, without a network: paths, sizes, headers."""

import re
from collections.abc import Iterable, Mapping
from urllib.parse import unquote

LARGEST_BODY = 256 * 1024
"""Bytes. The functions answer 413 above it themselves; this only spares the emulator the work."""

HOP_BY_HOP = frozenset(
    {
        "connection",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""They belong to one connection. Source: RFC 9110, section 7.6.1."""

Headers = list[tuple[str, str]]


def single_slashes(path: str) -> str:
    """Make every run of slashes in the path one, as the distribution's function does.

    A partner who configures its base address with a slash at the end asks for `//FetchHashes`.
    """
    return re.sub("/{2,}", "/", path)


def climbs(path: str) -> bool:
    """Tell whether a path has segments that lead upwards, out of the page's bucket."""
    return not {".", ".."}.isdisjoint(unquote(path).split("/"))


def to_origin(headers: Iterable[tuple[str, str]], allowed: Iterable[str], host: str) -> Headers:
    """Pick the request headers that the origin sees: what is allowed, and nothing a caller made up.

    So `X-Forwarded-For` and its kin, which say what nobody has checked, go no further.
    """
    names = {name.lower() for name in allowed}
    return [
        ("host", host),
        *((name.lower(), value) for name, value in headers if name.lower() in names),
    ]


def to_viewer(
    headers: Iterable[tuple[str, str]], replaced: Mapping[str, str], removed: Iterable[str]
) -> Headers:
    """Make the response headers that the caller sees: the origin's, save what the edge says."""
    gone = HOP_BY_HOP | {name.lower() for name in (*replaced, *removed)}
    kept = [(name.lower(), value) for name, value in headers if name.lower() not in gone]
    return [*kept, *((name.lower(), value) for name, value in replaced.items())]
