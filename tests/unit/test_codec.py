"""Plain values in DynamoDB's typed form."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from functions.shared.store.codec import Item, decode, encode

names = st.text(max_size=5)
plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(names, plain, max_size=4))
def test_plain_values_come_back_as_they_were(item: Item) -> None:
    assert decode(encode(item)) == item


def test_what_we_never_write_is_read_all_the_same() -> None:
    read = decode({"some": {"SS": ["a"]}, "part": {"N": "1.5"}})

    assert read == {"some": {"a"}, "part": Decimal("1.5")}
    assert encode(read) == {"some": {"SS": ["a"]}, "part": {"N": "1.5"}}
