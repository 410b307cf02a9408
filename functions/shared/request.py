"""Reads a request body strictly: one JSON object, no tricks, before anything else looks at it."""

import json
from typing import Any, NoReturn

from functions.shared.errors import NotJson, TooLarge, UnsupportedMediaType

MOST_BYTES = 256 * 1024
DEEPEST = 8


def check_body(event: dict[str, Any]) -> None:
    """Check size and media type of a request that should have a body.

    Raises:
        TooLarge: over `MOST_BYTES`.
        UnsupportedMediaType: not sent as JSON.
    """
    if event["requestContext"]["http"]["method"] != "POST":
        return
    if len(event.get("body") or "") > MOST_BYTES:
        raise TooLarge
    sent_as = event.get("headers", {}).get("content-type", "").partition(";")[0]
    if sent_as.strip().lower() != "application/json":
        raise UnsupportedMediaType


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
    if _depth(parsed) > DEEPEST:
        raise NotJson("The body is nested too deeply.")
    return parsed


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        raise NotJson("A key is given twice.")
    return made


def _refuse(_: str) -> NoReturn:
    raise NotJson("NaN and Infinity are not JSON.")


def _depth(value: Any) -> int:
    match value:
        case dict():
            return 1 + max(map(_depth, value.values()), default=0)
        case list():
            return 1 + max(map(_depth, value), default=0)
    return 0
