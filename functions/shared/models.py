"""What people's browsers send: parsed once, here, and refused whole if anything is off."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictInt, StrictStr

from functions.shared.cases import MOST_SIGNALS

MOST_SIGNALS_A_CHUNK = 500


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _nothing_but_true(value: Any) -> Any:
    """Return a value that is true itself: to `Literal` 1 is as good."""
    if value is not True:
        raise ValueError("only true is ever said")
    return value


CaseNumber = Annotated[
    StrictStr,
    Field(
        max_length=64,
        description="20 symbols of Crockford's base32, in any case, with or without dashes. "
        "19 are random; the last is the Luhn mod 32 check symbol of the others.",
        examples=["0123-4567-89AB-CDEF-GHJS"],
    ),
]
Pin = Annotated[StrictStr, Field(max_length=64, description="8 digits.", examples=["1234 5678"])]


class Credentials(_Strict):
    """Case number and PIN. Lengths are bounded generously: a wrong PIN must not look different."""

    number: CaseNumber
    pin: Pin


class NewSignal(_Strict):
    """A hash made on the owner's device. Nothing else about the picture is accepted."""

    type: StrictStr
    value: Annotated[StrictStr, Field(max_length=128)]
    quality: Annotated[StrictInt | None, Field(ge=0, le=100)] = None
    """For types that measure one, as contract/signal_types.json says."""
    variant: Annotated[StrictStr | None, Field(max_length=64)] = None
    """Which version of the picture, for types with `variants`; the first of them if left out."""
    reduced: Annotated[Literal[True], BeforeValidator(_nothing_but_true)] | None = None
    """For the same types: made from a smaller copy, for want of memory."""


class NewCase(_Strict):
    """One chunk of a case's signals. Chunks come in order; a chunk may be sent again.

    Such a repetition is told by the types and values of its signals: `quality`, `variant` and
    `reduced` stay as they were said the first time, and other ones are answered as the same.
    """

    number: CaseNumber
    pin: Pin
    total: Annotated[StrictInt, Field(ge=1, le=MOST_SIGNALS)]
    offset: Annotated[StrictInt, Field(ge=0, lt=MOST_SIGNALS)]
    signals: Annotated[list[NewSignal], Field(min_length=1, max_length=MOST_SIGNALS_A_CHUNK)]
