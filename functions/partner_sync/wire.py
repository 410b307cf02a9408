"""The v1 wire's shapes, shared by its three endpoints."""

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict

from functions.shared.errors import InvalidRequest

PARTNERS_TAG = ["Partners"]
PARTNER_KEYS: list[dict[str, list[str]]] = [{"SubscriptionKey": [], "FunctionKey": []}]

LARGEST_PAGE = 1_000
MOST_ITEMS = 1_000
MOST_TAGS = 32
LONGEST_TAG = 128


class RecordFeedback(BaseModel):
    """One partner's answer in a feed record."""

    feedbackValue: str  # noqa: N815 - the wire's name
    tags: list[str]
    source: str


class FeedRecord(BaseModel):
    """One hash as it is now. A newer record replaces an older one of the same type and value."""

    lastModtimestamp: int  # noqa: N815
    signalType: str  # noqa: N815
    hashValue: str  # noqa: N815
    hashStatus: str  # noqa: N815
    caseNumbers: dict[str, str]  # noqa: N815
    CSPFeedbacks: list[RecordFeedback]
    hashId: str  # noqa: N815
    version: int
    disputed: bool
    """Several partners say that what it finds may stay, and the operator has not decided yet."""


class SentFeedback(BaseModel):
    """An answer as a partner sends it. Fields that are not ours to believe are ignored."""

    model_config = ConfigDict(extra="ignore")

    feedbackValue: str = ""  # noqa: N815
    """Left out, it is no value of the list, and the item alone is refused."""
    tags: list[str] = []


class ItemResult(BaseModel):
    """What became of one item of a list, by its place: stored, ignored or invalid."""

    index: int
    result: str
    reason: str | None = None


class Results(BaseModel):
    """What became of each item."""

    count: int
    results: list[ItemResult]


def invalid(index: int, refused: InvalidRequest) -> dict[str, Any]:
    """Return what became of an item that means nothing valid."""
    reason = refused.detail or refused.title
    return {"index": index, "result": "invalid", "reason": reason}


def digits(value: Any) -> Any:
    """Return a whole number given as plain digits.

    Raises:
        ValueError: a sign, a point, an exponent, or more than 12 digits.
    """
    if isinstance(value, int):
        return value
    text = str(value)
    if not (text.isascii() and text.isdigit() and len(text) <= 12):
        raise ValueError("not a whole number")
    return int(text)


def _clamped(value: Any) -> Any:
    """Return a page's size in plain digits, however many, at most the largest page.

    Raises:
        ValueError: not plain digits.
    """
    text = str(value).lstrip("0")
    too_many = text.isascii() and text.isdigit() and len(text) > len(str(LARGEST_PAGE))
    return LARGEST_PAGE if too_many else min(digits(value), LARGEST_PAGE)


WholeNumber = Annotated[int, BeforeValidator(digits)]
PageSize = Annotated[int, BeforeValidator(_clamped)]


def check_count(count: int, items: list[Any]) -> None:
    """Check that a list is as long as its sender says.

    Raises:
        InvalidRequest: it is not.
    """
    if count != len(items):
        raise InvalidRequest("The list has another length.", field="count")


def clean_tags(tags: list[str]) -> tuple[str, ...]:
    """Return a partner's tags in a fixed order, for clients send them in any.

    Raises:
        InvalidRequest: too many, too long, or with control characters.
    """
    if len(tags) > MOST_TAGS or any(len(tag) > LONGEST_TAG for tag in tags):
        raise InvalidRequest("Too many or too long tags.", field="tags")
    if not all(tag.isprintable() for tag in tags):
        raise InvalidRequest("Tags are printable text.", field="tags")
    return tuple(sorted(set(tags)))
