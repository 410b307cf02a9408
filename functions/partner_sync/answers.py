"""A partner's answer, parsed: a value of the v1 list and tidy tags."""

from dataclasses import dataclass

from functions.partner_sync.wire import clean_tags
from functions.shared.bank import FeedbackValue
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
