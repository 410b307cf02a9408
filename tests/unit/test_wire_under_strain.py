"""The partners' wire when answers get lost and when tables are busy."""

from typing import Any

import pytest

from tests.edge import HANDLERS, Edge
from tests.faults import ALWAYS, refuse
from tests.people import new_case, pdq

POSTS: dict[str, list[dict[str, Any]]] = {
    "SubmitFeedback": [
        {
            "count": 1,
            "hashFeedbacks": [{"hashValue": pdq(0), "feedbackValue": "Blocked", "tags": tags}],
        }
        for tags in (["b", "a"], ["a", "b"])
    ],
    "SubmitHashes": [
        {"count": 1, "hashRecords": [{"signalType": spelled, "hashValue": pdq(9)}]}
        for spelled in ("ImagePDQ", "StopNCIISignalType.ImagePDQ")
    ],
}


@pytest.mark.parametrize("endpoint", POSTS)
def test_the_same_post_again_is_answered_alike_and_has_its_effect_once(
    edge: Edge, endpoint: str
) -> None:
    edge.post("/cases", new_case(1).model_dump())
    first, again = POSTS[endpoint]
    told = edge.post(f"/v1/{endpoint}", first, headers=edge.keys(endpoint)).json
    before = edge.world.items("bank")

    assert edge.post(f"/v1/{endpoint}", again, headers=edge.keys(endpoint)).json == told
    assert edge.world.items("bank") == before


@pytest.mark.parametrize("endpoint", ["FetchHashes", *POSTS])
def test_a_throttled_table_is_a_503_that_says_when_to_come_again(
    edge: Edge, monkeypatch: pytest.MonkeyPatch, endpoint: str
) -> None:
    monkeypatch.setattr("functions.shared.store.patience.FIRST_PAUSE", 0)
    path, keys = f"/v1/{endpoint}", edge.keys(endpoint)
    method = "POST" if endpoint in POSTS else "GET"
    client = edge.world.app_for(HANDLERS[method, path]).store.client
    refuse(client, "BatchGetItem", "ProvisionedThroughputExceededException", ALWAYS)

    if method == "POST":
        reply = edge.post(path, POSTS[endpoint][0], headers=keys)
    else:
        reply = edge.get(path, {"startTimestamp": 10}, headers=keys)

    assert (reply.status, reply.problem) == (503, "try-again")
    assert 0 < int(reply.headers["retry-after"]) <= 30
