"""What people are told when they follow their cases, held to what partners really have and said."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from functions.shared.access import owner_of
from functions.shared.app import App
from functions.shared.receipts import unseal
from functions.status.handler import case_status
from tests.people import PIN, credentials
from tests.simulation.broken import holds
from tests.simulation.reader import Reader
from tests.simulation.watch import Watch
from tests.simulation.writers import Person, Wanted
from tests.world import body_of

ANSWERED = {"checking": "PendingReview", "removed": "Blocked", "not_removed": "NotBlocked"}
LIVE = frozenset({"not_asked", "received", *ANSWERED})
"""Besides `no_answer`, what may be told of a case that is not withdrawn."""


@dataclass(frozen=True)
class Follower:
    """Asks for the status of cases when all is at rest, and compares."""

    app: App
    watch: Watch
    wanted: Wanted
    readers: Mapping[str, Reader]
    calm: bool
    """Whether all clocks were right: only then has every report been read by what is at rest."""

    def follows(self, people: Sequence[Person]) -> None:
        """Check what each of these people is told."""
        for person in people:
            told = body_of(case_status(credentials(person.number), self.app))
            taken_back = person.withdraws
            holds(
                told["status"] == ("Withdrawn" if taken_back else "Active"), "status", "the case's"
            )
            count = len(person.signals)
            holds(taken_back or told["signals"] == count, "status", "each signal counts")
            for company in told["companies"]:
                states = company["states"]
                counted = sum(states.values()) + company["not_taken"]
                holds(counted == told["signals"], "status", "each signal counts for each company")
                check = self._withdrawn if taken_back else self._live
                check(person, company["id"], Counter(states))
            if taken_back:
                self._receipts(person, people, told["signals"])

    def _live(self, person: Person, partner: str, told: Counter[str]) -> None:
        if (reader := self.readers.get(partner)) is None:
            return
        taken = [one for one in person.signals if one.type in reader.types]
        had = sum((one.type, one.value) in reader.kept.records for one in taken)
        known = sum(told[state] for state in LIVE - {"not_asked"})
        holds(known <= had, "status", f"{partner} has what it is said to have received")
        for state, value in ANSWERED.items():
            self._said(person, partner, value, told[state])
        if self.calm:
            hidden = {self.watch.hashes[one].signal for one in self.wanted.delisted}
            listed = [one for one in taken if one not in hidden]
            holds(known >= len(listed), "status", f"{partner} has read of all that is listed")

    def _withdrawn(self, person: Person, partner: str, told: Counter[str]) -> None:
        holds(not any(told[state] for state in LIVE), "status", "what is withdrawn is told as that")
        self._said(person, partner, "Withdrawn", told["withdrawal_confirmed"])

    def _said(self, person: Person, partner: str, answer: str, told: int) -> None:
        said = sum((partner, one.value, answer) in self.wanted.said for one in person.signals)
        holds(told <= said, "status", f"{partner} said so: {answer}")

    def _receipts(self, person: Person, people: Sequence[Person], signals: int) -> None:
        owner = self._owner(person)
        kept = self.app.store.cases.links_and_receipts(owner.case.key)
        receipts = [one for one in kept if isinstance(one, bytes)]
        opened = set(unseal(receipts, owner.secret, self.app.mac))
        holds(len(opened) == signals, "receipts", "its owner can open each")
        for other in people:
            if other is not person:
                opened_too = unseal(receipts, self._owner(other).secret, self.app.mac)
                holds(not opened_too, "receipts", "nobody else can open any")

    def _owner(self, person: Person) -> Any:
        return owner_of(self.app, person.number, PIN)
