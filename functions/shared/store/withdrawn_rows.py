"""The rows by which the purge finds what left a hash, by the day on which that was."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from functions.shared.store.codec import Item, Key


@dataclass(frozen=True)
class WithdrawnLink:
    """What left a hash, and the day on which that was. No case is named."""

    hash_id: str
    link_id: str
    """The id of a link, or another name by which the hash knows what left it."""
    day: date

    @classmethod
    def at(cls, hash_id: str, link_id: str, at: int) -> "WithdrawnLink":
        """Return the link that was withdrawn at this time, seconds since 1970."""
        return cls(hash_id, link_id, datetime.fromtimestamp(at, UTC).date())


def row_of(one: WithdrawnLink) -> Item:
    """Return the row by which a withdrawn link is found again on its day."""
    pk, sk = row_key(one)
    return {"pk": pk, "sk": sk, "hash_id": one.hash_id, "link_id": one.link_id}


def row_key(one: WithdrawnLink) -> Key:
    """Return where that row is stored."""
    return partition_of(one.day), f"{one.hash_id}#{one.link_id}"


def partition_of(day: date) -> str:
    """Return the partition of a day."""
    return f"withdrawn#{day.isoformat()}"
