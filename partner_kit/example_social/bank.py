"""What the feed says about one hash, and what a newer record changes about what we know."""

from dataclasses import dataclass
from enum import Enum, auto

from threatexchange.exchanges.clients.stopncii.api import (
    StopNCIICaseStatus,
    StopNCIIHashRecord,
    StopNCIISignalType,
)

PDQ_TYPE = StopNCIISignalType.ImagePDQ.value
MD5_TYPE = StopNCIISignalType.VideoMD5.value
_MD5_DIGITS = 32

GONE = frozenset({StopNCIICaseStatus.Withdrawn, StopNCIICaseStatus.Deleted})


@dataclass(frozen=True)
class Key:
    """What makes two records speak of the same hash: the feed's own key."""

    signal_type: str
    value: str


def key_of(value: str) -> Key:
    """Return the key of a hash that we look for: of pictures and of videos the lengths differ."""
    return Key(MD5_TYPE if len(value) == _MD5_DIGITS else PDQ_TYPE, value)


@dataclass(frozen=True)
class Entry:
    """The latest word on a hash: when it was said (seconds), and whether it was taken back.

    `cases` are the bank's names, meant for us alone, of those who stand behind it now;
    `former` are those who took it back.
    """

    modified: int
    withdrawn: bool
    cases: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()


class Change(Enum):
    """What a record did to our copy of the bank."""

    NONE = auto()
    REFRESHED = auto()
    """Known already, only the time is new."""
    ARRIVED = auto()
    """From now on it is looked for."""
    LEFT = auto()
    """It is no longer looked for, or never was."""


def read_record(record: StopNCIIHashRecord) -> tuple[Key, Entry]:
    """Take from the wire what a platform needs, which is little."""
    key = Key(record.signalType.value, record.hashValue.strip().lower())
    former = frozenset(case for case, status in record.caseNumbers.items() if status in GONE)
    cases = frozenset(record.caseNumbers) - former
    return key, Entry(record.lastModtimestamp, record.hashStatus in GONE, cases, former)


def merge(known: Entry | None, record: Entry) -> Change:
    """Compare a record with what is known; a duplicate or an older record changes nothing."""
    if known and record.modified < known.modified:
        return Change.NONE
    looked_for = known is not None and not known.withdrawn
    if record.withdrawn:
        return Change.LEFT if looked_for or known is None else Change.REFRESHED
    return Change.REFRESHED if looked_for else Change.ARRIVED


def brings_withdrawal(known: Entry | None, record: Entry) -> bool:
    """Tell whether somebody took this hash back since `known`, and so waits for our word.

    Others may stand behind it still: then we go on looking for it and confirm all the same. If
    we confirmed only when the last has gone, everyone before would learn that there are others.
    A hash that we never had is confirmed too: "we do not hold it for you" is true.
    """
    if record.former - (known.former if known else frozenset()):
        return True
    return record.withdrawn and not (known and known.withdrawn)
