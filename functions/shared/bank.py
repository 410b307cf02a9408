"""A hash in the bank: who stands behind it, what partners answered; each change a version."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from functions.shared.signals import Signal


class Status(StrEnum):
    """Of a hash, a link or a case, as the v1 wire spells it."""

    ACTIVE = "Active"
    WITHDRAWN = "Withdrawn"


class FeedbackValue(StrEnum):
    """What a partner may answer; no other value ever reaches the v1 wire."""

    UNKNOWN = "Unknown"
    NONE = "None"
    QUALITY_UNKNOWN = "QualityUnknown"
    PENDING_REVIEW = "PendingReview"
    BLOCKED = "Blocked"
    NOT_BLOCKED = "NotBlocked"
    WITHDRAWN = "Withdrawn"
    DELETED = "Deleted"


VERDICTS = frozenset(
    {FeedbackValue.PENDING_REVIEW, FeedbackValue.BLOCKED, FeedbackValue.NOT_BLOCKED}
)
"""Answers to: is this on your service, and what did you do?"""

CONFIRMATIONS = frozenset({FeedbackValue.WITHDRAWN, FeedbackValue.DELETED})
"""Answers to: has the withdrawal reached you?"""


@dataclass(frozen=True)
class Link:
    """One case's claim on a hash. The case itself is not named here."""

    status: Status
    version: int
    """The hash's version that set this status; feedback of a later version answers it."""
    at: int
    """Seconds since 1970 at the writer of that version."""


MOST_LINKS = 1_000
"""So many links one hash knows by name; further cases are counted. A link takes 75 bytes at most,
so a hash stays below 80 KB, and 25 of them below the 4 MB of a transaction, with 80 KB for answers
each: those of 300 partners with a tag or two."""

CROWD = "crowd"
"""The name under which a hash remembers that a case which it only counts went away: no link's."""


@dataclass(frozen=True)
class Crowd:
    """Cases that stand behind a hash which knew as many links as it may when they came."""

    count: int = 0
    version: int = 0
    """The hash's version that changed the count, or 0."""


@dataclass(frozen=True)
class Verdict:
    """A value of `VERDICTS` and the hash's version that recorded it."""

    value: FeedbackValue
    version: int


@dataclass(frozen=True)
class Feedback:
    """What one partner said: its latest answer, and what of earlier ones still holds.

    Several cases may stand behind a hash. That the withdrawal of one has reached the partner
    does not undo what the partner did for the others, so both are kept.
    """

    value: FeedbackValue
    tags: tuple[str, ...]
    version: int
    """The hash's version that recorded the latest answer."""
    verdict: Verdict | None = None
    confirmed: int = 0
    """The hash's version that recorded the latest confirmation of a withdrawal, or 0."""

    def recorded_by(self, version: int) -> "Feedback":
        """Return it with what a later version recorded as recorded by this one."""
        verdict = self.verdict and replace(self.verdict, version=min(self.verdict.version, version))
        confirmed = min(self.confirmed, version)
        return replace(
            self, version=min(self.version, version), verdict=verdict, confirmed=confirmed
        )


@dataclass(frozen=True)
class Dispute:
    """Several partners say, or no longer say, that what the hash finds may stay."""

    open: bool
    version: int
    """The hash's version that opened or closed it."""
    at: int
    """Seconds since 1970 at the writer of that version."""


class Ruling(StrEnum):
    """What the operator decides about a hash."""

    KEPT = "kept"
    DELISTED = "delisted"


@dataclass(frozen=True)
class Decision:
    """The operator's latest ruling."""

    ruling: Ruling
    version: int
    """The hash's version that recorded it; answers of a later version come after it."""
    at: int
    """Seconds since 1970 at the writer of that version."""


@dataclass(frozen=True)
class BankHash:
    """One hash with all that is said about it. Immutable: every change returns the next version."""

    id: str
    """Random, so that what names it (log, notifications) says nothing once the hash is erased."""
    signal: Signal
    version: int
    changed_at: int
    """Seconds since 1970 at the writer of this version, or of an earlier one if that is later.

    It orders the outbox, so a version never goes into the log before the one that it follows.
    """
    links: Mapping[str, Link] = field(default_factory=dict)
    submitters: frozenset[str] = frozenset()
    """Partners that put this hash into the bank themselves."""
    feedback: Mapping[str, Feedback] = field(default_factory=dict)
    dispute: Dispute | None = None
    decision: Decision | None = None
    parted: Mapping[str, Link] = field(default_factory=dict)
    """Who stood behind the hash without a link and does no more, until that is forgotten.

    Withdrawn, each under a name that no link has. Partners are not shown it.
    """

    crowd: Crowd = Crowd()

    @property
    def status(self) -> Status:
        """Withdrawn when no live link and no submission remains, or when it was delisted."""
        return Status.ACTIVE if self.claimed and not self.delisted else Status.WITHDRAWN

    @property
    def claimed(self) -> bool:
        """Whether anybody stands behind the hash: a case that is not withdrawn, or a partner."""
        live = any(link.status is Status.ACTIVE for link in self.links.values())
        return live or bool(self.submitters or self.crowd.count)

    @property
    def remembered(self) -> bool:
        """Whether it knows of anybody who stands behind it, or did so not long ago."""
        return bool(self.links or self.submitters or self.parted or self.crowd.count)

    @property
    def disputed(self) -> bool:
        """Whether it waits for the operator."""
        return self.dispute is not None and self.dispute.open

    @property
    def delisted(self) -> Decision | None:
        """The ruling that took it away from partners, whoever stands behind it, or nothing."""
        taken = self.decision and self.decision.ruling is Ruling.DELISTED
        return self.decision if taken else None

    def submitted_by(self, partner: str) -> bool:
        """Whether a partner put this hash into the bank itself, or did and took it back lately."""
        return partner in self.submitters or submission_of(partner) in self.parted

    def known(self, name: str) -> Link | None:
        """Return the link of this id, or what parted under this name, if it is not forgotten."""
        return self.links.get(name) or self.parted.get(name)

    def linked(self, link_id: str, now: int) -> "BankHash":
        """Return the next version, in which one more case stands behind the hash.

        It is among its links, or only counted if there are as many as may be.
        """
        if len(self.links) >= MOST_LINKS:
            return self._next(now, crowd=Crowd(self.crowd.count + 1, self.version + 1))
        return self._with_link(link_id, Status.ACTIVE, now)

    def unlinked(self, link_id: str, now: int) -> "BankHash":
        """Return the next version, in which that case no longer stands behind the hash."""
        return self._with_link(link_id, Status.WITHDRAWN, now)

    def less_crowded(self, now: int) -> "BankHash":
        """Return the next version, in which a counted case no longer stands behind the hash."""
        left = self._next(now, crowd=Crowd(self.crowd.count - 1, self.version + 1))
        return left._remembering(CROWD, now)

    def without(self, links: Collection[str], now: int) -> "BankHash":
        """Return the next version, in which nothing is known any more of what has these names."""
        return self._next(now, links=_others(self.links, links), parted=_others(self.parted, links))

    def answered(
        self, partner: str, value: FeedbackValue, tags: tuple[str, ...], now: int
    ) -> "BankHash":
        """Return the next version with this partner's answer in place of its former one."""
        version = self.version + 1
        before = self.feedback.get(partner) or Feedback(value, tags, version)
        verdict = Verdict(value, version) if value in VERDICTS else before.verdict
        confirmed = version if value in CONFIRMATIONS else before.confirmed
        answer = Feedback(value, tags, version, verdict, confirmed)
        return self._next(now, feedback={**self.feedback, partner: answer})

    def vouched(
        self, partner: str, answer: tuple[FeedbackValue, tuple[str, ...]] | None, now: int
    ) -> "BankHash":
        """Return the next version, in which a partner itself put the hash into the bank."""
        said = self.answered(partner, *answer, now) if answer else self._next(now)
        parted = _others(self.parted, {submission_of(partner)})
        return replace(said, submitters=self.submitters | {partner}, parted=parted)

    def taken_back(self, partner: str, now: int) -> "BankHash":
        """Return the next version, in which a partner no longer stands behind the hash itself.

        It is the same hash if the partner did not.
        """
        if partner not in self.submitters:
            return self
        left = self._next(now, submitters=self.submitters - {partner})
        return left._remembering(submission_of(partner), now)

    def in_one_step_from(self, seen: "BankHash") -> "BankHash":
        """Return it as the next version of `seen`, however many answers were given in between."""
        version = seen.version + 1
        said = {partner: one.recorded_by(version) for partner, one in self.feedback.items()}
        parted = {
            name: replace(one, version=min(one.version, version))
            for name, one in self.parted.items()
        }
        return replace(self, version=version, feedback=said, parted=parted)

    def decided(self, ruling: Ruling, now: int) -> "BankHash":
        """Return the next version with the operator's ruling, which closes a dispute."""
        version, at = self.version + 1, max(now, self.changed_at)
        return self._next(
            now, decision=Decision(ruling, version, at), dispute=Dispute(False, version, at)
        )

    def already_answered(self, partner: str, value: FeedbackValue, tags: tuple[str, ...]) -> bool:
        """Whether the same answer would add nothing: it is stored, no link or ruling is newer."""
        stored = self.feedback.get(partner)
        if stored is None or (stored.value, stored.tags) != (value, tags):
            return False
        since = [link.version for link in self.links.values()]
        ruled = self.decision.version if self.decision else 0
        return stored.version > max([ruled, self.crowd.version, *since])

    def _with_link(self, link_id: str, status: Status, now: int) -> "BankHash":
        link = Link(status, self.version + 1, now)
        return self._next(now, links={**self.links, link_id: link})

    def _remembering(self, name: str, now: int) -> "BankHash":
        """Return this version, which knows who parted in it and that the purge is to forget it."""
        before = self.parted.get(name)
        parting = Link(Status.WITHDRAWN, self.version, max(now, before.at if before else now))
        return replace(self, parted={**self.parted, name: parting})

    def _next(self, now: int, **changes: object) -> "BankHash":
        at = max(now, self.changed_at)
        return replace(self, version=self.version + 1, changed_at=at, **changes)  # type: ignore[arg-type]


def submission_of(partner: str) -> str:
    """Return the name under which a hash remembers that a partner submitted it: no link's id."""
    return f"submitted by {partner}"


def _others(known: Mapping[str, Link], names: Collection[str]) -> Mapping[str, Link]:
    return {name: link for name, link in known.items() if name not in names}


def unpublished(signal: Signal, hash_id: str, now: int) -> BankHash:
    """Return a hash that is not stored yet: version 0, to be changed once before it is written."""
    return BankHash(hash_id, signal, version=0, changed_at=now)
