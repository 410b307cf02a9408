"""What happens to an upload, given what it matches and what people have already judged."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """Where a post stands."""

    PUBLISHED = "published"
    HELD = "held"
    BLOCKED = "blocked"


class Verdict(StrEnum):
    """What a reviewer may say. The values are the words of the partner API."""

    BLOCKED = "Blocked"
    NOT_BLOCKED = "NotBlocked"


@dataclass(frozen=True)
class Decision:
    """The state an upload gets, and the hashes on which a person has yet to judge.

    `judged` are the hashes for which it was blocked at once.
    """

    state: State
    to_judge: tuple[str, ...] = ()
    judged: tuple[str, ...] = ()


def decide(matched: Iterable[str], blocked: Collection[str], cleared: Collection[str]) -> Decision:
    """Publish, hold for review, or block at once.

    `blocked` are hashes whose matches a reviewer found to be abuse: one look is
    enough, so copies are blocked at once. `cleared` are hashes this very picture
    was compared with and let through. That clears the pair and not the hash:
    otherwise one false match would let every true one pass.
    """
    open_matches = tuple(value for value in matched if value not in cleared)
    unjudged = tuple(value for value in open_matches if value not in blocked)
    if unjudged:
        return Decision(State.HELD, unjudged)
    return Decision(State.BLOCKED if open_matches else State.PUBLISHED, judged=open_matches)


def outcome(state: State) -> str:
    """Say in one word what the uploader is told."""
    return "published" if state is State.PUBLISHED else "blocked"
