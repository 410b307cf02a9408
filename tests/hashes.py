"""Made-up signals and hashes of the bank, and strategies that draw them."""

from hypothesis import strategies as st

from functions.shared.bank import BankHash, FeedbackValue, unpublished
from functions.shared.signals import Signal
from tests.people import pdq

LINKS = ("link a", "link b", "link c")
PARTNERS = ("example-social", "another")

partners = st.sampled_from(PARTNERS)
tags = st.lists(st.sampled_from(("dup", "news", "teen")), max_size=2, unique=True).map(
    lambda drawn: tuple(sorted(drawn))
)
answers = st.tuples(st.sampled_from(FeedbackValue), tags)

steps = st.one_of(
    st.tuples(st.just("linked"), st.sampled_from(LINKS)),
    st.tuples(st.just("unlinked"), st.sampled_from(LINKS)),
    st.tuples(st.just("answered"), partners, answers),
    st.tuples(st.just("vouched"), partners, st.none() | answers),
    st.tuples(st.just("taken back"), partners),
)
"""What can happen to a hash. A link is withdrawn only after it was made."""


def signal(seed: int, type_name: str = "ImagePDQ") -> Signal:
    """Return a signal of one made-up picture."""
    return Signal(type_name, pdq(seed))


def fresh(seed: int = 0, now: int = 100, type_name: str = "ImagePDQ") -> BankHash:
    """Return a hash that nobody has stored yet."""
    return unpublished(signal(seed, type_name), f"hash-{seed}", now)


def after(item: BankHash, step: tuple[object, ...], now: int) -> BankHash:
    """Return the hash after one step, or as it was if the step cannot happen to it."""
    match step:
        case ("linked", str(link)):
            return item.linked(link, now) if link not in item.links else item
        case ("unlinked", str(link)):
            return item.unlinked(link, now) if link in item.links else item
        case ("answered", str(partner), (FeedbackValue() as value, tuple(given))):
            return item.answered(partner, value, given, now)
        case ("taken back", str(partner)):
            return item.taken_back(partner, now)
        case ("vouched", str(partner), None):
            return item.vouched(partner, None, now)
        case ("vouched", str(partner), (FeedbackValue() as value, tuple(given))):
            return item.vouched(partner, (value, given), now)
    raise AssertionError(step)
