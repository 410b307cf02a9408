"""What is stored of partners: how far they have read the feed."""

from dataclasses import dataclass

from functions.shared.store.table import Table


@dataclass(frozen=True)
class PartnerStore:
    """Acknowledgements by partner."""

    table: Table

    def acknowledge(self, partner: str, upto: int) -> None:
        """Remember that a partner has read the feed up to this time; it never goes back."""
        self.table.raise_to(("partner", partner), "acknowledged", upto)

    def acknowledged(self) -> dict[str, int]:
        """Return how far each partner has read, in seconds since 1970."""
        return {item["sk"]: item["acknowledged"] for item in self.table.query("partner")}
