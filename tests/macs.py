"""A MAC for tests of what is computed with one: HMAC-SHA256 as KMS does it, under a known key."""

import hmac


def mac(purpose: str, message: bytes) -> bytes:
    """Return 32 bytes."""
    return hmac.digest(b"a key of the tests", purpose.encode() + b"\0" + message, "sha256")
