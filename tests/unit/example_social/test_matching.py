"""The index finds what comparing every pair would find."""

from hypothesis import given
from hypothesis import strategies as st
from threatexchange.signal_type.pdq.pdq_utils import PDQ_CONFIDENT_MATCH_THRESHOLD
from threatexchange.signal_type.pdq.signal import PdqSignal

from partner_kit.example_social.matching import MATCH_DISTANCE, MIN_QUALITY, Match, PdqIndex

HASHES = st.integers(0, 2**256 - 1)


def flip(value: int, bits: set[int]) -> int:
    return value ^ sum(1 << bit for bit in bits)


def digits(value: int) -> str:
    return f"{value:064x}"


@given(
    bank=st.lists(HASHES, max_size=20, unique=True),
    picture=HASHES,
    edits=st.lists(st.sets(st.integers(0, 255), min_size=20, max_size=40), max_size=5),
    distance=st.integers(0, 256),
)
def test_search_equals_brute_force(
    bank: list[int], picture: int, edits: list[set[int]], distance: int
) -> None:
    everything = {*bank, *(flip(picture, bits) for bits in edits)}

    found = PdqIndex([digits(value) for value in everything]).search(digits(picture), distance)

    apart = {digits(value): (value ^ picture).bit_count() for value in everything}
    near = [Match(value, bits) for value, bits in apart.items() if bits <= distance]
    assert found == sorted(near, key=lambda match: (match.distance, match.value))


@given(picture=HASHES, order=st.permutations(range(256)))
def test_the_limit_is_inclusive(picture: int, order: list[int]) -> None:
    inside = digits(flip(picture, set(order[:MATCH_DISTANCE])))
    outside = digits(flip(picture, set(order[: MATCH_DISTANCE + 1])))

    assert PdqIndex([inside, outside]).search(digits(picture)) == [Match(inside, MATCH_DISTANCE)]


def test_an_empty_bank_matches_nothing() -> None:
    assert PdqIndex([]).search("0" * 64) == []


def test_what_is_no_picture_hash_is_left_out() -> None:
    index = PdqIndex(["", "0" * 63, "G" * 64, "0" * 64])

    assert len(index) == 1


def test_the_thresholds_are_those_of_the_reference_tools() -> None:
    assert MATCH_DISTANCE == PDQ_CONFIDENT_MATCH_THRESHOLD
    assert MIN_QUALITY == PdqSignal.QUALITY_THRESHOLD
