"""What a signal is: a kind of hash and its value, valid because it exists."""

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from functions.shared.errors import InvalidRequest, LowInformation

_CONTRACT = Path(__file__).parents[2] / "contract" / "signal_types.json"
SIGNAL_TYPES: dict[str, dict[str, Any]] = json.loads(_CONTRACT.read_text(encoding="utf-8"))
_FORMATS = {name: re.compile(facts["format"], re.ASCII) for name, facts in SIGNAL_TYPES.items()}

MINIMUM_QUALITY = 50
"""PDQ's own threshold, on its scale of 0 to 100.

Source: the PDQ paper, Hashing image files for TMK+PDQF and PDQ, 2019.
"""

FEWEST_BITS, MOST_BITS = 96, 160
"""A PDQ hash with fewer or more of its 256 bits set matches unrelated pictures.

Of 1,530 real hashes 1,510 had 108 to 144 bits set.
"""


@dataclass(frozen=True, order=True)
class Signal:
    """A hash of known type and well-formed value.

    `type` is a name from contract/signal_types.json, `value` lower-case hex.
    """

    type: str
    value: str


def parse(type_name: str, value: str) -> Signal:
    """Return the signal, its value in lower case.

    Raises:
        InvalidRequest: unknown type, or a value that does not have the type's format.
        LowInformation: a hash that would match unrelated pictures.
    """
    if type_name not in SIGNAL_TYPES:
        raise InvalidRequest("Unknown signal type.", field="type")
    lowered = value.lower() if value.isascii() else value
    if not _FORMATS[type_name].fullmatch(lowered):
        raise InvalidRequest("The value does not have the format of its type.", field="value")
    if type_name == "ImagePDQ":
        _refuse_low_information(lowered)
    return Signal(type_name, lowered)


def with_value(value: str) -> tuple[Signal, ...]:
    """Return every signal that this value could be, for callers who do not say its type."""
    lowered = value.strip().lower()
    return tuple(
        Signal(name, lowered) for name, form in _FORMATS.items() if form.fullmatch(lowered)
    )


def _refuse_low_information(value: str) -> None:
    if not FEWEST_BITS <= int(value, 16).bit_count() <= MOST_BITS:
        raise LowInformation(field="value")
