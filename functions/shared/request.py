"""Reads a request body strictly: one JSON object, no tricks, before anything else looks at it."""

import base64
import json
import zlib
from typing import Any, NoReturn

from functions.shared.errors import NotJson, TooLarge, UnsupportedMediaType

MOST_BYTES = 256 * 1024
DEEPEST = 8

_JSON = "application/json"
_GZIP = b"\x1f\x8b"
_GZIP_AS_TEXT = _GZIP.decode(errors="replace").encode()
"""How API Gateway hands on a gzip stream that is said to be JSON: as text, with what is no UTF-8
replaced."""


def checked(event: dict[str, Any]) -> dict[str, Any]:
    """Return API Gateway's event with its body as text and its media type in the plain form.

    Raises:
        TooLarge: over `MOST_BYTES`, or would be if it were unpacked.
        UnsupportedMediaType: not sent as JSON, or compressed.
        NotJson: nothing there, or not UTF-8.
    """
    if event["requestContext"]["http"]["method"] != "POST":
        return event
    headers = event.get("headers", {})
    body = _bytes(event)
    if len(body) > MOST_BYTES:
        raise TooLarge
    if headers.get("content-type", "").partition(";")[0].strip().lower() != _JSON:
        raise UnsupportedMediaType
    _refuse_compressed(body, headers.get("content-encoding", ""))
    return {
        **event,
        "headers": {**headers, "content-type": _JSON},
        "body": _text(body),
        "isBase64Encoded": False,
    }


def parse_json(text: str) -> dict[str, Any]:
    """Return the one JSON object in `text`.

    Raises:
        NotJson: anything else, a repeated key, NaN or Infinity, or deeper nesting than `DEEPEST`.
    """
    try:
        parsed = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise NotJson from None
    if not isinstance(parsed, dict):
        raise NotJson("The body must be a JSON object.")
    if _deeper(parsed, DEEPEST):
        raise NotJson("The body is nested too deeply.")
    return parsed


def _bytes(event: dict[str, Any]) -> bytes:
    body: str = event.get("body") or ""
    if event.get("isBase64Encoded"):
        return base64.b64decode(body)
    return body.encode(errors="surrogatepass")


def _refuse_compressed(body: bytes, encoding: str) -> None:
    """Refuse what is packed. It is known by its first bytes: the edge lets the header go.

    What came as text cannot be unpacked any more, so it is taken for the worst.
    """
    packed = body.startswith(_GZIP) and _unpacks_to_more(body, MOST_BYTES)
    if packed or body.startswith(_GZIP_AS_TEXT):
        raise TooLarge("Send it as it is, not compressed.")
    if body.startswith(_GZIP) or encoding.strip().lower() not in ("", "identity"):
        raise UnsupportedMediaType("Send it as it is, not compressed.")


def _unpacks_to_more(body: bytes, limit: int) -> bool:
    """Whether a gzip stream holds more bytes than this. It unpacks no more than that itself."""
    try:
        return len(zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(body, limit + 1)) > limit
    except zlib.error:
        return False


def _text(body: bytes) -> str:
    try:
        text = body.decode()
    except UnicodeDecodeError:
        raise NotJson("The body must be UTF-8.") from None
    if not text:
        raise NotJson("The body is empty.")
    return text


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotJson("A key is given twice.")
    return made


def _refuse(_: str) -> NoReturn:
    raise NotJson("NaN and Infinity are not JSON.")


def _deeper(value: Any, levels: int) -> bool:
    """Whether objects and lists nest deeper than this. It goes no deeper itself."""
    match value:
        case dict():
            inner = list(value.values())
        case list():
            inner = value
        case _:
            return False
    return levels == 0 or any(_deeper(one, levels - 1) for one in inner)
