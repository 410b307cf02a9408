"""The MAC key and the topic in memory."""

from dataclasses import dataclass
from typing import Any

from tests.macs import mac
from tests.simulation.dynamodb.client import Around, straight


@dataclass
class MemoryKms:
    """A key that computes MACs as KMS does."""

    around: Around = straight

    def generate_mac(self, **params: Any) -> Any:
        return self.around("GenerateMac", params, lambda asked: {"Mac": mac("", asked["Message"])})


@dataclass
class MemoryTopic:
    """A topic that remembers what it was told."""

    told: list[str]
    around: Around = straight

    def publish(self, **params: Any) -> Any:
        def publish(asked: Any) -> Any:
            self.told.append(asked["Message"])
            return {"MessageId": "1"}

        return self.around("Publish", params, publish)
