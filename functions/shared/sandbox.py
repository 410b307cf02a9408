"""The sandbox: a bank of fixed dummies in memory, behind keys that everybody may know.

A platform that wants to take part tries its whole integration on it, on the day it thinks of it.
The code is that of every partner; only what it reads is this, and what it would write goes nowhere.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from functions.shared.bank import BankHash, FeedbackValue, unpublished
from functions.shared.disputes import weighed
from functions.shared.log import ORIGIN, Segment
from functions.shared.partners import SANDBOX, Key
from functions.shared.signals import Signal

_FILE = Path(__file__).parents[2] / "contract" / "sandbox.json"
_WRITTEN: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))

KEYS: Mapping[str, Key] = {key: Key(SANDBOX, opens) for opens, key in _WRITTEN["keys"].items()}
"""By the keys themselves: they are published, so there is nothing to hide."""


def find(subscription_key: str, function_key: str) -> tuple[Key, Key | None] | None:
    """Return what two keys open in the sandbox, or nothing if they are not for it."""
    subscription = KEYS.get(subscription_key)
    return (subscription, KEYS.get(function_key)) if subscription else None


@dataclass(frozen=True)
class SandboxLog:
    """A log that never grows: all hashes in one second, what became of some in a later one."""

    recorded: tuple[Segment, ...]
    bodies: Mapping[str, BankHash]

    def tail(self) -> Segment:
        """Return the last segment."""
        return self.recorded[-1] if self.recorded else ORIGIN

    def times(self, numbers: Sequence[int]) -> Mapping[int, int]:
        """Return the `ts` of segments by their numbers; they must exist."""
        return {number: self.recorded[number - 1].ts for number in numbers}

    def segments(self, first: int, last: int) -> Iterator[Segment]:
        """Yield the segments of these numbers, both included."""
        yield from self.recorded[first - 1 : last]

    def hashes(self, ids: Sequence[str]) -> Mapping[str, BankHash]:
        """Return these hashes."""
        return {one: self.bodies[one] for one in ids if one in self.bodies}

    def published(self, ids: Sequence[str]) -> Mapping[str, int]:
        """Return the time of the first segment, in which every hash came up."""
        return {one: self.recorded[0].ts for one in ids if one in self.bodies}


@dataclass(frozen=True)
class SandboxBank:
    """The same hashes, for who answers about them or submits some: nothing is ever stored."""

    bodies: Mapping[str, BankHash]

    @cached_property
    def _by_signal(self) -> Mapping[Signal, BankHash]:
        return {one.signal: one for one in self.bodies.values()}

    def change(
        self,
        signals: Sequence[Signal],
        change: Callable[[Signal, BankHash | None], BankHash | None],
    ) -> set[Signal]:
        """Go through a change without storing it; return those signals that are in the bank."""
        for signal in signals:
            change(signal, self._by_signal.get(signal))
        return {signal for signal in signals if signal in self._by_signal}


def _versions(entry: Mapping[str, Any]) -> list[BankHash]:
    """Return every version of one hash, made as a bank makes them."""
    first, later = _WRITTEN["published"], _WRITTEN["changed"]
    signal = Signal(entry["type"], entry["value"])
    made = [unpublished(signal, entry["id"], first).linked(f"{entry['id']}-case", first)]
    for one in entry.get("answers", ()):
        value, tags = FeedbackValue(one["value"]), tuple(one["tags"])
        answered = made[-1].answered(one["source"], value, tags, later)
        made.append(weighed(answered, _WRITTEN["disputed_after"], answered.feedback))
    if entry.get("withdrawn"):
        made.append(made[-1].unlinked(f"{entry['id']}-case", later))
    return made


def _segment(number: int, ts: int, versions: Sequence[BankHash]) -> Segment:
    return Segment(number, ts, len(versions), tuple((one.id, one.version) for one in versions))


_ALL = [_versions(entry) for entry in _WRITTEN["hashes"]]
_BODIES = {versions[-1].id: versions[-1] for versions in _ALL}

LOG = SandboxLog(
    (
        _segment(1, _WRITTEN["published"], [versions[0] for versions in _ALL]),
        _segment(2, _WRITTEN["changed"], [one for versions in _ALL for one in versions[1:]]),
    ),
    _BODIES,
)
BANK = SandboxBank(_BODIES)
