"""POST /v1/deliveries/replay: a partner is told again what it did not take, or lost."""

import json
from typing import Any

import pytest

from functions.create_case.handler import create_case
from functions.partner_sync import replays
from functions.partner_sync.sequence import sequence
from functions.shared.deliveries import DAY
from functions.shared.events import events
from functions.shared.log import Change, next_segment
from infrastructure.routes import SEQUENCER
from tests.channel import PARTNER, Channel, Receiver, event_id, message
from tests.edge import Edge, Reply
from tests.people import SYMBOLS, new_case, number_of, pdq
from tests.world import START, World

PATH = "/v1/deliveries/replay"


def replay(edge: Edge, partner: str = PARTNER, **wanted: Any) -> Reply:
    return edge.post(PATH, wanted, headers=edge.keys("ReplayDeliveries", partner))


def park(channel: Channel, receiver: Receiver, *numbers: int) -> None:
    """Let deliveries fail until they are parked."""
    receiver.down = lambda _: True
    channel.arrive(*(message(number) for number in numbers))
    while (due := channel.next_due()) is not None:
        channel.remind(max(60, due - channel.world.now))
    assert set(channel.stored("parked")) == {event_id(number) for number in numbers}
    receiver.down = lambda _: False
    receiver.asked.clear()


def grow(world: World, cases: int) -> list[str]:
    """Log one segment for each of some cases, ten seconds apart; return what was told of them."""
    app, told = world.app_for(SEQUENCER), []
    for case in range(cases):
        number = number_of(f"{case:03d}" + SYMBOLS[3:])
        opened = new_case(2, first=2 * case, number=number)
        create_case(opened, world.app_for("create_case.handler"))
        sequence(app)
        tail = app.store.log.tail()
        hashes = app.store.log.hashes([hash_id for hash_id, _ in tail.changes])
        told += [event.body for event in events(tail, hashes)]
        world.now += 10
    return told


def test_what_is_parked_is_replayed_by_id(edge: Edge, channel: Channel) -> None:
    receiver = channel.receiver()
    park(channel, receiver, 1, 2, 3)
    wanted = [event_id(2), event_id(2), "msg_000000000099_ImagePDQ", event_id(3)]

    for _ in range(2):
        answered = replay(edge, ids=wanted)
        assert (answered.status, answered.json["count"]) == (200, 2)
    assert set(channel.stored("parked")) == {event_id(1)}
    channel.remind(60)
    assert receiver.ids == [event_id(2), event_id(3)]
    assert replay(edge, ids=wanted).json["count"] == 0, "it was taken, and is not kept"


def test_what_is_replayed_has_its_whole_schedule_before_it(edge: Edge, channel: Channel) -> None:
    receiver = channel.receiver()
    park(channel, receiver, 1)
    channel.world.now += 30 * DAY
    replay(edge, ids=[event_id(1)])
    begun = channel.world.now
    park(channel, receiver, 1)

    assert channel.world.now - begun > 3 * DAY


def test_what_still_waits_is_replayed_by_id_as_well(edge: Edge, channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1))
    for later in (5, 300, 1800):
        channel.remind(later)
    receiver.down = lambda _: False
    assert replay(edge, ids=[event_id(1)]).json["count"] == 1
    channel.remind(60)

    assert receiver.ids == [event_id(1)]
    assert channel.stored("waiting") == {}


def test_all_that_is_parked_is_replayed_at_once(
    edge: Edge, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver = channel.receiver()
    park(channel, receiver, *range(5))
    monkeypatch.setattr(replays, "MOST_PARKED", 3)

    first, second, third = (replay(edge, state="parked").json for _ in range(3))
    assert first == {"count": 3, "nextStartTimestamp": None, "hasMoreRecords": True}
    assert second == {"count": 2, "nextStartTimestamp": None, "hasMoreRecords": False}
    assert third == {"count": 0, "nextStartTimestamp": None, "hasMoreRecords": False}
    channel.remind(60)
    assert receiver.ids == [event_id(number) for number in range(5)]


def test_a_replay_by_time_tells_what_was_told_under_the_same_ids(
    edge: Edge, channel: Channel
) -> None:
    receiver = channel.receiver()
    told = grow(edge.world, 4)
    channel.arrive(*told)
    first = list(receiver.taken)
    receiver.taken.clear()

    for _ in range(2):
        assert replay(edge, startTimestamp=int(START) + 10).json["count"] == 3
    channel.remind(60)
    assert receiver.taken == first[1:]


def test_a_replay_by_time_goes_on_where_one_call_ends(
    edge: Edge, channel: Channel, monkeypatch: pytest.MonkeyPatch
) -> None:
    receiver = channel.receiver()
    grow(edge.world, 5)
    monkeypatch.setattr(replays, "MOST_SEGMENTS", 2)
    start: int | None = 0
    counts = []
    while start is not None:
        done = replay(edge, startTimestamp=start).json
        assert done["hasMoreRecords"] is (done["nextStartTimestamp"] is not None)
        counts.append(done["count"])
        start = done["nextStartTimestamp"]
    channel.remind(60)

    assert counts == [2, 2, 1]
    assert receiver.ids == [event_id(number) for number in range(1, 6)]


def test_a_replay_by_time_never_parts_a_second_so_it_always_moves_on(
    edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(edge.world, 1)
    log, now = edge.world.app_for(SEQUENCER).store.log, int(edge.world.now)
    hash_id, _ = log.tail().changes[0]
    for version in range(2, 8):
        log.append(next_segment(log.tail(), [Change(now, hash_id, version)], now))
    monkeypatch.setattr(replays, "MOST_SEGMENTS", 2)

    assert replay(edge, startTimestamp=0).json["nextStartTimestamp"] is None
    assert replay(edge, startTimestamp=0).json["count"] == 7


def test_a_replay_by_time_is_bounded_by_what_it_reads_too(
    edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    grow(edge.world, 3)
    monkeypatch.setattr(replays, "MOST_CHANGES", 3)

    done = replay(edge, startTimestamp=0).json
    assert (done["count"], done["nextStartTimestamp"]) == (2, START + 20)


def test_a_replay_by_time_brings_back_what_is_parked_as_it_was(
    edge: Edge, channel: Channel
) -> None:
    receiver = channel.receiver()
    [told] = grow(edge.world, 1)
    receiver.down = lambda _: True
    channel.arrive(told)
    while (due := channel.next_due()) is not None:
        channel.remind(due - channel.world.now)
    receiver.down = lambda _: False
    assert replay(edge, startTimestamp=0).json["count"] == 1
    channel.remind(60)

    assert channel.stored("parked") == {}
    assert [one.body for one in receiver.taken] == [told]


@pytest.mark.usefixtures("others")
def test_a_replay_touches_nothing_of_another_partner(edge: Edge, channel: Channel) -> None:
    park(channel, channel.receiver(), 1, 2)
    for wanted in ({"ids": [event_id(1)]}, {"state": "parked"}):
        assert replay(edge, "another", **wanted).json["count"] == 0

    assert len(channel.stored("parked")) == 2


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"ids": ["a"], "state": "parked"},
        {"ids": ["a"], "startTimestamp": 1},
        {"ids": None},
        {"ids": []},
        {"ids": ["a"] * 1_001},
        {"ids": [1]},
        {"ids": "a"},
        {"ids": [""]},
        {"ids": ["a#b"]},
        {"ids": ["a" * 81]},
        {"ids": ["\u00e5"]},
        {"state": "waiting"},
        {"state": 1},
        {"startTimestamp": -1},
        {"startTimestamp": 1.5},
        {"startTimestamp": 1e20},
        {"startTimestamp": 10**20},
        {"startTimestamp": "10"},
        {"startTimestamp": True},
        {"startTimestamp": int(START) + 2 * DAY},
        {"everything": True},
        {"state": "parked", "everything": True},
    ],
)
def test_what_means_nothing_is_refused_and_changes_nothing(edge: Edge, body: Any) -> None:
    refused = edge.post(PATH, body, headers=edge.keys("ReplayDeliveries"))

    assert (refused.status, refused.problem) == (422, "invalid-request")
    assert edge.world.items("deliveries") == []


@pytest.mark.parametrize("body", ["", "no JSON", "[]", '{"ids":["a"],"ids":["b"]}', "NaN"])
def test_what_is_no_json_object_is_refused(edge: Edge, body: str) -> None:
    refused = edge.post(PATH, body, headers=edge.keys("ReplayDeliveries"))
    assert (refused.status, refused.problem) == (400, "not-json")


def test_only_the_key_of_this_endpoint_opens_it(edge: Edge) -> None:
    assert edge.post(PATH, {"state": "parked"}).status == 401
    refused = edge.post(PATH, {"state": "parked"}, headers=edge.keys("Deliveries"))
    assert (refused.status, refused.problem) == (403, "wrong-endpoint-key")


def test_a_body_that_is_told_again_names_no_hash_and_no_case(edge: Edge) -> None:
    grow(edge.world, 1)
    assert replay(edge, startTimestamp=0).json["count"] == 1
    stored = json.dumps(edge.world.items("deliveries"))

    for secret in (pdq(0), pdq(1), number_of("000" + SYMBOLS[3:])):
        assert secret not in stored
        assert secret[:8] not in stored
