"""A partner's answer, parsed: a value of the v1 list and tidy tags; and what several come to."""

from collections.abc import Iterable
from dataclasses import dataclass

from functions.partner_sync.wire import clean_tags
from functions.shared.bank import BankHash, FeedbackValue
from functions.shared.errors import InvalidRequest


@dataclass(frozen=True)
class Answer:
    """What a partner says about a hash."""

    value: FeedbackValue
    tags: tuple[str, ...]


def parse_answer(value: str, tags: list[str]) -> Answer:
    """Return the answer.

    Raises:
        InvalidRequest: a value outside the v1 list, which other partners' clients would choke on,
            or tags that are too many, too long or not printable.
    """
    try:
        known = FeedbackValue(value)
    except ValueError:
        raise InvalidRequest("Unknown feedback value.", field="feedbackValue") from None
    return Answer(known, clean_tags(tags))


def after(item: BankHash, partner: str, answers: Iterable[Answer], now: int) -> BankHash:
    """Return a hash after all these answers, in their order.

    A list may answer twice about one hash, as two requests may: a confirmation that comes after a
    verdict does not undo it. What was said before adds nothing.
    """
    answered = item
    for given in answers:
        if not answered.already_answered(partner, given.value, given.tags):
            answered = answered.answered(partner, given.value, given.tags, now)
    return item if answered is item or _said_in_one(item, answered, partner) else answered


def _said_in_one(item: BankHash, answered: BankHash, partner: str) -> bool:
    """Whether a list said the same about the hash before, so that this one is a repetition."""
    old, new = item.feedback.get(partner), answered.feedback[partner]
    if old is None or not item.already_answered(partner, new.value, new.tags):
        return False
    return new.recorded_by(old.version) == old
