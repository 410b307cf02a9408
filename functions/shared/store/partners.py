"""What is stored of partners: digests of their keys, and how far they have read the feed."""

from dataclasses import dataclass

from functions.shared.partners import PartnerKeys, digest
from functions.shared.store.table import Table


@dataclass(frozen=True)
class PartnerStore:
    """Keys by subscription key, acknowledgements by partner."""

    table: Table

    def keys(self, subscription_key: str) -> PartnerKeys | None:
        """Return the keys that belong to a subscription key, or nothing."""
        item = self.table.get((f"key#{digest(subscription_key)}", "key"))
        if item is None:
            return None
        functions = {endpoint: tuple(known) for endpoint, known in item["functions"].items()}
        return PartnerKeys(item["partner"], functions)

    def add_keys(self, subscription_key: str, keys: PartnerKeys) -> None:
        """Store a new set of keys; sets stored before stay valid.

        Raises:
            Conflict: the subscription key is in use.
        """
        self.table.put_new(
            {
                "pk": f"key#{digest(subscription_key)}",
                "sk": "key",
                "partner": keys.partner,
                "functions": {name: list(known) for name, known in keys.functions.items()},
            }
        )

    def acknowledge(self, partner: str, upto: int) -> None:
        """Remember that a partner has read the feed up to this time; it never goes back."""
        self.table.raise_to(("partner", partner), "acknowledged", upto)

    def acknowledged(self) -> dict[str, int]:
        """Return how far each partner has read, in seconds since 1970."""
        return {item["sk"]: item["acknowledged"] for item in self.table.query("partner")}
