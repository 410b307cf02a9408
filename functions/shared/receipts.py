"""Receipts of a withdrawal: which hashes a case had, sealed so that only its owner can read them.

Sealing needs the public key alone, so a withdrawal is completed without the person. The private
key comes from number and PIN through argon2id and the key in KMS, and is kept nowhere.
Source: sealed boxes of libsodium: X25519 with a key pair for each message, XSalsa20-Poly1305.
"""

from collections.abc import Iterable

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from functions.shared.bank import Link, Status
from functions.shared.cases import CaseLink
from functions.shared.credentials import Mac

Pair = tuple[str, str]
"""A hash id, and the id by which that hash knows the case's link."""


def public_key(secret: bytes, mac: Mac) -> bytes:
    """Return the key to seal to, 32 bytes, for whoever has this stretched PIN."""
    return bytes(_private_key(secret, mac).public_key)


def seal(links: Iterable[CaseLink], receipt_key: bytes) -> bytes:
    """Return a receipt of these links that only the owner of the case can read.

    Of a link that the hash only counts it also says which version withdrew it, and when.
    """
    text = "\n".join(map(_line, links))
    return SealedBox(PublicKey(receipt_key)).encrypt(text.encode())


def unseal(sealed: Iterable[bytes], secret: bytes, mac: Mac) -> dict[Pair, Link | None]:
    """Return what these receipts say, to whoever has the stretched PIN.

    The withdrawn link itself is there if the hash only counted it, and does not know it.

    One that was sealed to another key is passed over: it is of a case that had the number before.
    """
    box = SealedBox(_private_key(secret, mac))
    return dict(said for one in sealed for said in _unseal(one, box))


def _line(link: CaseLink) -> str:
    counted = f" {link.counted.version} {link.counted.at}" if link.counted else ""
    return f"{link.hash_id} {link.link_id}{counted}"


def _unseal(sealed: bytes, box: "SealedBox[PrivateKey]") -> list[tuple[Pair, Link | None]]:
    try:
        text = box.decrypt(sealed).decode()
    except CryptoError:
        return []
    return [_read(line) for line in text.splitlines()]


def _read(line: str) -> tuple[Pair, Link | None]:
    hash_id, link_id, *counted = line.split(" ")
    if not counted:
        return (hash_id, link_id), None
    version, at = map(int, counted)
    return (hash_id, link_id), Link(Status.WITHDRAWN, version, at)


def _private_key(secret: bytes, mac: Mac) -> PrivateKey:
    return PrivateKey(mac("receipts", secret))
