"""Case number and PIN: their form, and how a PIN is stored and checked."""

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass

from argon2.low_level import Type, hash_secret_raw

from functions.shared.errors import InvalidRequest

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base32: no I, L, O or U, so that what is read aloud or copied by hand survives."""

LENGTH = 20
"""19 random symbols (95 bits) and one check symbol."""

_FORGIVEN = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})
_NUMBER = re.compile(f"[{ALPHABET}]{{{LENGTH}}}", re.ASCII)
_NO_NUMBER = "A case number has 20 symbols, and the last fits the others."
_PIN = re.compile(r"[0-9]{8}", re.ASCII)
_SEPARATORS = str.maketrans({" ": None, "-": None})

Mac = Callable[[str, bytes], bytes]
"""A keyed MAC: purpose and message in, 32 bytes out. The key stays with its keeper."""


def parse_number(text: str) -> str:
    """Return the canonical case number: 20 symbols, no separators.

    Forgives case, spaces, dashes, O for 0, and I and L for 1.

    Raises:
        InvalidRequest: not a case number, or mistyped (the check symbol does not fit).
    """
    number = text.upper().translate(_FORGIVEN) if text.isascii() else text
    if not _NUMBER.fullmatch(number) or number[-1] != check_symbol(number[:-1]):
        raise InvalidRequest(_NO_NUMBER, field="number")
    return number


def check_symbol(symbols: str) -> str:
    """Return the check symbol of the symbols before it.

    Source: Luhn mod N algorithm with N = 32; finds every single wrong symbol and nearly every
    swap of neighbours.
    """
    size = len(ALPHABET)
    total = 0
    for place, symbol in enumerate(reversed(symbols)):
        addend = ALPHABET.index(symbol) * (2 if place % 2 == 0 else 1)
        total += addend // size + addend % size
    return ALPHABET[-total % size]


def parse_new_pin(text: str) -> str:
    """Return a PIN for a new case: 8 digits.

    Raises:
        InvalidRequest: anything else.
    """
    pin = canonical_pin(text)
    if not _PIN.fullmatch(pin):
        raise InvalidRequest("A PIN has 8 digits.", field="pin")
    return pin


def canonical_pin(text: str) -> str:
    """Return the PIN without spaces and dashes, whatever it is: a wrong one must cost the same."""
    return text.translate(_SEPARATORS)


@dataclass(frozen=True)
class Kdf:
    """The cost of one PIN check, stored with every verifier so that it can be raised later."""

    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 1

    @property
    def tag(self) -> str:
        """Name these parameters, to store beside what they made."""
        return f"argon2id-{self.memory_kib}-{self.passes}-{self.lanes}"

    @classmethod
    def from_tag(cls, tag: str) -> "Kdf":
        """Return the parameters that a tag names."""
        _, memory_kib, passes, lanes = tag.split("-")
        return cls(int(memory_kib), int(passes), int(lanes))

    def stretch(self, number: str, pin: str, salt: bytes) -> bytes:
        """Return 32 bytes that are expensive to compute from number, PIN and 16 bytes of salt."""
        return hash_secret_raw(
            secret=f"{pin}{number}".encode(),
            salt=salt,
            time_cost=self.passes,
            memory_cost=self.memory_kib,
            parallelism=self.lanes,
            hash_len=32,
            type=Type.ID,
        )


@dataclass(frozen=True)
class Verifier:
    """What is kept of a PIN: enough to check it with the key, nothing to guess it without."""

    salt: bytes
    kdf: Kdf
    digest: bytes

    @classmethod
    def make(cls, stretched: bytes, salt: bytes, kdf: Kdf, mac: Mac) -> "Verifier":
        """Return the verifier of what `kdf` made of number, PIN and salt, 16 random bytes."""
        return cls(salt, kdf, mac("pin", stretched))

    def stretch(self, number: str, pin: str) -> bytes:
        """Return what the number and the PIN of somebody who asks are compared by."""
        return self.kdf.stretch(number, pin, self.salt)

    def accepts(self, stretched: bytes, mac: Mac) -> bool:
        """Whether number and PIN are those it was made from, compared in constant time."""
        return hmac.compare_digest(mac("pin", stretched), self.digest)


def case_key(number: str, mac: Mac) -> str:
    """Return the key under which a case is stored: 64 hex digits, useless without the MAC's key."""
    return mac("case", number.encode()).hex()


def decoy(key: str, kdf: Kdf) -> Verifier:
    """Return a verifier that accepts nothing: an unknown number costs what a known one does."""
    return Verifier(hashlib.sha256(b"decoy" + key.encode()).digest()[:16], kdf, bytes(32))
