"""What a person's browser would send, made up."""

import hashlib

from functions.shared.credentials import check_symbol
from functions.shared.models import Credentials, NewCase, NewSignal

SYMBOLS = "7Q2M9K4X8C3V5B1N6ZW"
PIN = "40718263"


def number_of(symbols: str) -> str:
    """Return the case number of 19 symbols."""
    return symbols + check_symbol(symbols)


NUMBER = number_of(SYMBOLS)
OTHER_NUMBER = number_of(SYMBOLS[::-1])


def pdq(seed: int) -> str:
    """Return a plausible PDQ hash: 256 bits of which about half are set."""
    return hashlib.sha256(f"picture {seed}".encode()).hexdigest()


def new_signals(count: int, first: int = 0) -> list[NewSignal]:
    """Return `count` signals of different pictures."""
    return [
        NewSignal(type="ImagePDQ", value=pdq(seed), quality=100)
        for seed in range(first, first + count)
    ]


def new_case(
    count: int = 1,
    *,
    first: int = 0,
    number: str = NUMBER,
    pin: str = PIN,
    total: int | None = None,
    offset: int = 0,
) -> NewCase:
    """Return a request for a case of `count` pictures, or for one chunk of it."""
    return NewCase(
        number=number,
        pin=pin,
        total=count if total is None else total,
        offset=offset,
        signals=new_signals(count, first),
    )


def credentials(number: str = NUMBER, pin: str = PIN) -> Credentials:
    """Return what opens that case."""
    return Credentials(number=number, pin=pin)
