"""What a signal is: a kind of hash and its value, valid because it exists."""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from functions.shared.errors import InvalidRequest, LowInformation

_CONTRACT = Path(__file__).parents[2] / "contract" / "signal_types.json"
SIGNAL_TYPES: dict[str, dict[str, Any]] = json.loads(_CONTRACT.read_text(encoding="utf-8"))

V1_TYPES = frozenset(name for name, facts in SIGNAL_TYPES.items() if facts.get("v1"))
"""What every client of the v1 wire knows. It drops a record of any other type for good, so those
go to the partners that asked for them."""


@dataclass(frozen=True, order=True)
class Signal:
    """A hash of known type and well-formed value.

    `type` is a name from contract/signal_types.json, `value` lower-case hex.
    """

    type: str
    value: str


@dataclass(frozen=True)
class Origin:
    """What a signal was made from, as far as its type tells such things apart."""

    variant: str | None = None
    """A name from its type's `variants`: which version of the picture. None if it has none."""
    reduced: bool = False
    """Made from a smaller copy, for want of memory: up to 10 bits from the exact hash."""


def parse(type_name: str, value: str) -> Signal:
    """Return the signal, its value in lower case.

    Raises:
        InvalidRequest: unknown type, or a value that does not have the type's format.
        LowInformation: a hash that would match unrelated pictures.
    """
    if type_name not in SIGNAL_TYPES:
        raise InvalidRequest("Unknown signal type.", field="type")
    lowered = value.lower() if value.isascii() else value
    if not _has_format(type_name, lowered):
        raise InvalidRequest("The value does not have the format of its type.", field="value")
    _refuse_low_information(type_name, lowered)
    return Signal(type_name, lowered)


def check_quality(signal: Signal, quality: int | None) -> None:
    """Check the quality that was measured with a signal, 0 to 100, where its type has one.

    Raises:
        InvalidRequest: it is missing, below the type's minimum, or given for a type without one.
    """
    minimum = SIGNAL_TYPES[signal.type].get("minimum_quality")
    if (quality is None) != (minimum is None):
        raise InvalidRequest("Quality is for the types that have one.", field="quality")
    if quality is not None and minimum is not None and quality < minimum:
        raise InvalidRequest("The quality is too low.", field="quality")


def origin(signal: Signal, variant: str | None, *, reduced: bool) -> Origin:
    """Return what a signal was made from. Without a variant it is the first that its type lists.

    Raises:
        InvalidRequest: a variant unknown to its type, or said of a type that has none.
    """
    variants = SIGNAL_TYPES[signal.type].get("variants", [None])
    if reduced and variants == [None]:
        raise InvalidRequest("This type is never made from a smaller copy.", field="reduced")
    if variant is not None and variant not in variants:
        raise InvalidRequest("Unknown variant.", field="variant")
    return Origin(variant or variants[0], reduced)


def with_value(value: str, types: Collection[str]) -> tuple[Signal, ...]:
    """Return every signal of these types that this value could be, if its type is not said."""
    lowered = value.strip().lower()
    return tuple(Signal(name, lowered) for name in types if _has_format(name, lowered))


def _has_format(type_name: str, value: str) -> bool:
    return bool(re.fullmatch(SIGNAL_TYPES[type_name]["format"], value, re.ASCII))


def _refuse_low_information(type_name: str, value: str) -> None:
    """Refuse a hash with far too few or too many bits set: it would match unrelated pictures.

    Likewise one that its type refuses by name, as the MD5 of an empty file: every upload that
    broke off would match it.

    Source of ImagePDQ's bounds: of 1,530 real hashes 1,510 had 108 to 144 of 256 bits set.
    """
    if value in SIGNAL_TYPES[type_name].get("refused", ()):
        raise LowInformation(field="value")
    bounds = SIGNAL_TYPES[type_name].get("bits_set")
    if bounds and not bounds[0] <= int(value, 16).bit_count() <= bounds[1]:
        raise LowInformation(field="value")
