"""What partners are told of changes."""

import json

from hypothesis import given
from hypothesis import strategies as st

from functions.shared.events import events
from functions.shared.log import Segment
from functions.shared.notification import Notification
from tests.hashes import fresh

TYPES = ("ImagePDQ", "VideoMD5", "VideoPDQ")
HASHES = {f"hash-{seed}": fresh(seed, type_name=TYPES[seed % 3]) for seed in range(9)}

changes = st.lists(st.tuples(st.sampled_from(sorted(HASHES)), st.integers(1, 9)), max_size=20)


def segment(*said: tuple[str, int]) -> Segment:
    return Segment(7, 1_800_000_000, len(said), said)


def test_an_event_says_which_hashes_of_one_type_changed_and_where_the_feed_shows_it() -> None:
    [told] = events(segment(("hash-0", 3), ("hash-3", 1)), HASHES)

    assert told == Notification(
        "msg_000000000007_ImagePDQ",
        '{"type":"bank.changed","id":"msg_000000000007_ImagePDQ","signalType":"ImagePDQ",'
        '"cursor":1800000000,"changes":[{"hashId":"hash-0","version":3},'
        '{"hashId":"hash-3","version":1}]}',
        "ImagePDQ",
    )


@given(changes)
def test_every_change_is_told_in_the_event_of_its_type_and_in_no_other(
    said: list[tuple[str, int]],
) -> None:
    told = [
        (one["hashId"], one["version"], event.signal_type)
        for event in events(segment(*said), HASHES)
        for one in json.loads(event.body)["changes"]
    ]

    assert sorted(told) == sorted((one, v, HASHES[one].signal.type) for one, v in said)


@given(changes, st.sets(st.sampled_from(sorted(HASHES))))
def test_an_erased_hash_is_left_out_and_changes_no_other_events_name(
    said: list[tuple[str, int]], erased: set[str]
) -> None:
    left = {name: item for name, item in HASHES.items() if name not in erased}
    whole, told = events(segment(*said), HASHES), events(segment(*said), left)

    assert {one.id for one in told} <= {one.id for one in whole}
    assert not any(name in event.body for name in erased for event in told)
    assert all(json.loads(event.body)["changes"] for event in told)
