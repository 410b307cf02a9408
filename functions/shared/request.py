"""Reads a request body strictly: one JSON object, no tricks, before anything else looks at it."""

import base64
import json
from typing import Any, NoReturn

from functions.shared.errors import NotJson, TooLarge, UnsupportedMediaType

MOST_BYTES = 256 * 1024
DEEPEST = 8

_JSON = "application/json"


def checked(event: dict[str, Any]) -> dict[str, Any]:
    """Return API Gateway's event with its body as text and its media type in the plain form.

    Raises:
        TooLarge: over `MOST_BYTES`.
        UnsupportedMediaType: not sent as JSON.
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
