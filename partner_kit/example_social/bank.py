"""What the feed says about one hash, and what a newer record changes about what we know."""

from dataclasses import dataclass
from enum import Enum, auto

from threatexchange.exchanges.clients.stopncii.api import StopNCIICaseStatus, StopNCIIHashRecord

GONE = frozenset({StopNCIICaseStatus.Withdrawn, StopNCIICaseStatus.Deleted})


@dataclass(frozen=True)
class Key:
    """What makes two records speak of the same hash: the feed's own key."""

    signal_type: str
    value: str


@dataclass(frozen=True)
class Entry:
    """The latest word on a hash: when it was said (seconds), and whether it was taken back.

    `cases` are the bank's names, meant for us alone, of those who stand behind it now.
    """

    modified: int
    withdrawn: bool
    cases: frozenset[str] = frozenset()


class Change(Enum):
    """What a record did to our copy of the bank."""

    NONE = auto()
    REFRESHED = auto()
    """Known already, only the time is new."""
    ARRIVED = auto()
    """From now on it is looked for."""
    LEFT = auto()
    """It is no longer looked for, and its owner is owed a confirmation."""


def read_record(record: StopNCIIHashRecord) -> tuple[Key, Entry]:
    """Take from the wire what a platform needs, which is little."""
    key = Key(record.signalType.value, record.hashValue.strip().lower())
    cases = frozenset(case for case, status in record.caseNumbers.items() if status not in GONE)
    return key, Entry(record.lastModtimestamp, record.hashStatus in GONE, cases)


def merge(known: Entry | None, record: Entry) -> Change:
    """Compare a record with what is known; a duplicate or an older record changes nothing.

    A withdrawn hash that we never had counts as LEFT too: its owner waits for
    our word all the same, and "we do not hold it" is true.
    """
    if known and record.modified < known.modified:
        return Change.NONE
    looked_for = known is not None and not known.withdrawn
    if record.withdrawn:
        return Change.LEFT if looked_for or known is None else Change.REFRESHED
    return Change.REFRESHED if looked_for else Change.ARRIVED
