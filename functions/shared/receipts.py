"""Receipts of a withdrawal: which hashes a case had, sealed so that only its owner can read them.

Sealing needs the public key alone, so a withdrawal is completed without the person. The private
key comes from number and PIN through argon2id and the key in KMS, and is kept nowhere.
Source: sealed boxes of libsodium: X25519 with a key pair for each message, XSalsa20-Poly1305.
"""

from collections.abc import Iterable

from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox

from functions.shared.cases import CaseLink
from functions.shared.credentials import Mac

Pair = tuple[str, str]
"""A hash id, and the id by which that hash knows the case's link."""


def public_key(secret: bytes, mac: Mac) -> bytes:
    """Return the key to seal to, 32 bytes, for whoever has this stretched PIN."""
    return bytes(_private_key(secret, mac).public_key)


def seal(links: Iterable[CaseLink], receipt_key: bytes) -> bytes:
    """Return a receipt of these links that only the owner of the case can read."""
    text = "\n".join(f"{link.hash_id} {link.link_id}" for link in links)
    return SealedBox(PublicKey(receipt_key)).encrypt(text.encode())


def unseal(sealed: Iterable[bytes], secret: bytes, mac: Mac) -> list[Pair]:
    """Return what these receipts say, to whoever has the stretched PIN.

    One that was sealed to another key is passed over: it is of a case that had the number before.
    """
    box = SealedBox(_private_key(secret, mac))
    return [pair for one in sealed for pair in _unseal(one, box)]


def _unseal(sealed: bytes, box: "SealedBox[PrivateKey]") -> list[Pair]:
    try:
        text = box.decrypt(sealed).decode()
    except CryptoError:
        return []
    pairs = (line.split(" ") for line in text.splitlines())
    return [(hash_id, link_id) for hash_id, link_id in pairs]


def _private_key(secret: bytes, mac: Mac) -> PrivateKey:
    return PrivateKey(mac("receipts", secret))
