"""The one secret: an HMAC key that never leaves KMS, and what is derived from it."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient


@dataclass(frozen=True)
class KmsMac:
    """HMAC-SHA256 under a KMS key that cannot be exported.

    Calling it costs one request, so that whoever steals the tables cannot compute it and whoever
    breaks into a function must ask, in the open, for every guess.
    """

    client: "KMSClient"
    key_id: str
    _derived: dict[str, bytes] = field(default_factory=dict, repr=False)

    def __call__(self, purpose: str, message: bytes) -> bytes:
        """Return 32 bytes. MACs of different purposes never coincide."""
        answer = self.client.generate_mac(
            KeyId=self.key_id,
            MacAlgorithm="HMAC_SHA_256",
            Message=purpose.encode() + b"\0" + message,
        )
        return answer["Mac"]

    def derived_key(self, purpose: str) -> bytes:
        """Return a 32-byte key for work that is too frequent to ask KMS for; fetched once."""
        if purpose not in self._derived:
            self._derived[purpose] = self("derive", purpose.encode())
        return self._derived[purpose]
