"""GET /v1/deliveries: a partner sees what it did not take, and nothing of anybody else's."""

import json
from pathlib import Path
from typing import Any

import pytest

from functions.shared.deliveries import KEPT_PARKED, arrived
from functions.shared.notification import Notification
from functions.shared.seal import VALID_FOR, Seal
from functions.shared.store.deliveries import DeliveryStore
from infrastructure.routes import DELIVERER
from tests.channel import PARTNER, Channel, event_id, message
from tests.edge import Edge, Reply
from tests.faults import record_calls
from tests.register import beside_ours
from tests.world import START

LIST = "partner_sync.deliveries"
SANDBOX = Path(__file__).parents[2] / "contract" / "sandbox.json"


def listed(edge: Edge, partner: str = PARTNER, **query: Any) -> Reply:
    return edge.get("/v1/deliveries", query, headers=edge.keys("Deliveries", partner))


def store(edge: Edge) -> DeliveryStore:
    return edge.world.app_for(DELIVERER).store.deliveries


def fill(edge: Edge, partner: str, waiting: int, parked: int) -> None:
    """Store deliveries of any partner, as if they had not been taken."""
    now = int(edge.world.now)
    for number in range(waiting + parked):
        made = arrived(Notification(event_id(number), message(number), "ImagePDQ"), 5, 1, now)
        store(edge).add(partner, made)
        if number >= waiting:
            store(edge).settle(partner, made, made.parked(now))


def ids_of(edge: Edge, partner: str = PARTNER, **query: Any) -> list[str]:
    """Return the ids of all pages."""
    found: list[str] = []
    page = listed(edge, partner, **query).json
    while True:
        assert page["count"] == len(page["deliveries"])
        assert page["hasMoreRecords"] is (page["nextPageToken"] is not None)
        found += [one["id"] for one in page["deliveries"]]
        if not page["hasMoreRecords"]:
            return found
        token = page["nextPageToken"]
        page = listed(edge, partner, **query, nextPageToken=token).json


def test_a_partner_that_takes_everything_has_an_empty_list(edge: Edge) -> None:
    assert listed(edge).json == {
        "endpoint": {
            "transport": "sqs",
            "state": "working",
            "since": None,
            "lastDelivered": None,
            "missedFrom": None,
        },
        "count": 0,
        "nextPageToken": None,
        "hasMoreRecords": False,
        "deliveries": [],
    }


def test_what_waits_is_listed_with_when_it_is_tried_next_and_why_it_was_not_taken(
    edge: Edge, channel: Channel
) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1), message(2))
    page = listed(edge).json

    assert page["endpoint"] | {"state": "failing", "since": START} == page["endpoint"]
    usual = {"state": "waiting", "signalType": "ImagePDQ", "cursor": 1_800_000_000, "changes": 1}
    first = {"attempts": 1, "nextAttemptTimestamp": START + 5, "lastError": "timeout"}
    second = {"attempts": 0, "nextAttemptTimestamp": START, "lastError": None}
    assert page["deliveries"] == [
        usual | {"id": event_id(1), "createdTimestamp": START} | first,
        usual | {"id": event_id(2), "createdTimestamp": START} | second,
    ]


def test_what_is_parked_is_listed_until_its_ninety_days_are_over(edge: Edge) -> None:
    fill(edge, PARTNER, waiting=0, parked=1)
    [parked] = listed(edge, state="parked").json["deliveries"]

    assert (parked["state"], parked["nextAttemptTimestamp"]) == ("parked", None)
    edge.world.now += KEPT_PARKED - 1
    assert ids_of(edge) == [event_id(0)]
    edge.world.now += 1
    assert ids_of(edge) == [], "though nobody deleted it"
    assert len(edge.world.items("deliveries")) == 1


@pytest.mark.parametrize("size", [1, 2, 3, 7, 100, 1_000, 10**9, 10**40])
def test_pages_of_any_size_show_each_once(edge: Edge, size: int) -> None:
    fill(edge, PARTNER, waiting=4, parked=3)
    waiting, parked = [event_id(n) for n in range(4)], [event_id(n) for n in range(4, 7)]

    assert ids_of(edge, pageSize=size) == parked + waiting
    assert ids_of(edge, pageSize=size, state="waiting") == waiting
    assert ids_of(edge, pageSize=size, state="parked") == parked


def test_a_partners_list_never_shows_anothers(edge: Edge, tmp_path: Path) -> None:
    fill(edge, "example", waiting=2, parked=2)
    fill(edge, "example-social-two", waiting=2, parked=2)

    assert ids_of(edge) == []
    with beside_ours(tmp_path, "example"):
        assert len(ids_of(edge, "example")) == 4


@pytest.mark.usefixtures("others")
def test_a_token_of_another_partner_state_or_purpose_is_refused(edge: Edge) -> None:
    fill(edge, PARTNER, waiting=3, parked=0)
    fill(edge, "another", waiting=3, parked=0)
    token = listed(edge, pageSize=1).json["nextPageToken"]
    theirs = listed(edge, "another", pageSize=1).json["nextPageToken"]
    key = edge.world.app_for(LIST).mac.derived_key("page tokens")
    of_the_feed = Seal(key, PARTNER).seal((None, "due#"), int(START))

    for wrong in (theirs, of_the_feed, token + "A", token[:-1], "x", "x.y", "\u00e5.\u00e5"):
        refused = listed(edge, nextPageToken=wrong)
        assert (refused.status, refused.problem) == (400, "bad-parameter")
        assert refused.json["field"] == "nextPageToken"
    assert listed(edge, nextPageToken=token, state="waiting").status == 400
    edge.world.now += VALID_FOR
    assert listed(edge, nextPageToken=token).status == 200
    edge.world.now += 1
    assert listed(edge, nextPageToken=token).status == 400


@pytest.mark.parametrize(
    "query",
    [
        {"state": "lost"},
        {"state": ""},
        {"state": "due"},
        {"pageSize": 0},
        {"pageSize": -1},
        {"pageSize": "abc"},
        {"pageSize": 1.5},
        {"pageSize": "1e3"},
        {"nextPageToken": "x" * 513},
    ],
)
def test_a_parameter_that_means_nothing_is_named(edge: Edge, query: dict[str, Any]) -> None:
    refused = listed(edge, **query)

    assert (refused.status, refused.problem) == (400, "bad-parameter")
    assert refused.json["field"] == next(iter(query))


def test_only_the_key_of_this_endpoint_opens_it(edge: Edge) -> None:
    assert edge.get("/v1/deliveries").status == 401
    for endpoint in ("FetchHashes", "ReplayDeliveries"):
        refused = edge.get("/v1/deliveries", headers=edge.keys(endpoint))
        assert (refused.status, refused.problem) == (403, "wrong-endpoint-key")


def test_what_is_stored_of_a_delivery_is_thin(edge: Edge, channel: Channel) -> None:
    receiver = channel.receiver()
    receiver.down = lambda _: True
    channel.arrive(message(1))
    [item] = channel.stored("waiting").values()

    assert set(item) == {
        "pk", "sk", "id", "body", "signal_type", "cursor", "changes", "created", "begun", "due",
        "attempts", "error", "expires",
    }  # fmt: skip
    body = json.loads(item["body"]["S"])
    assert set(body) == {"type", "id", "signalType", "cursor", "changes"}
    assert [set(change) for change in body["changes"]] == [{"hashId", "version"}]


def test_the_sandbox_has_nothing_and_asks_no_table(edge: Edge) -> None:
    keys = json.loads(SANDBOX.read_text(encoding="utf-8"))["keys"]
    sent = {
        "ocp-apim-subscription-key": keys["subscription"],
        "x-functions-key": keys["Deliveries"],
    }
    calls = record_calls(edge.world.app_for(LIST).store.client)
    answered = edge.get("/v1/deliveries", headers=sent)

    assert (answered.status, answered.json["deliveries"], calls) == (200, [], [])
