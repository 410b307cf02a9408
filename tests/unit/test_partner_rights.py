"""What a partner's calls may do is what they do: no right is listed that nobody needs."""

from collections.abc import Iterator
from typing import Any

import pytest

from functions.partner_sync.sequence import sequence
from functions.withdraw.handler import withdraw
from infrastructure.routes import ROUTES, SEQUENCER, Route
from tests.edge import Edge
from tests.people import credentials, new_case, pdq
from tests.rights import TRANSACTION
from tests.world import World

ENDPOINTS = {"FetchHashes", "SubmitHashes", "SubmitFeedback"}
V1 = [route for route in ROUTES if route.endpoint in ENDPOINTS]


def asked(edge: Edge, route: Route) -> Iterator[str]:
    """Call a route in every way that matters, and yield each action on the bank that it took."""
    taken: list[tuple[str, Any]] = []
    client = edge.world.app_for(route.handler).store.client
    client.meta.events.register(
        "before-parameter-build.dynamodb",
        lambda params, model, **_: taken.append((model.name, params)),
    )
    keys = edge.keys(route.endpoint or "")
    if route.method == "GET":
        for start in (10, int(edge.world.now)):
            assert edge.get(route.path, {"startTimestamp": start}, headers=keys).status == 200
    else:
        said = {"feedbackValue": "Blocked"}
        items = {"hashValue": pdq(0), "signalType": "ImagePDQ", "CSPFeedbacks": [said], **said}
        body = {"count": 1, "hashRecords": [items], "hashFeedbacks": [items]}
        assert edge.post(route.path, body, headers=keys).status == 200
    for operation, params in taken:
        if operation == "TransactWriteItems":
            yield from (TRANSACTION[kind] for entry in params["TransactItems"] for kind in entry)
        else:
            yield operation


@pytest.mark.parametrize("route", V1, ids=lambda route: route.path)
@pytest.mark.usefixtures("others")
def test_every_right_of_a_partners_route_is_used(
    edge: Edge, somewhere: World, route: Route
) -> None:
    edge.post("/cases", new_case(3).model_dump())
    _dispute(edge)
    sequence(somewhere.app_for(SEQUENCER))
    if route.method == "GET":
        withdraw(credentials(), somewhere.app_for("withdraw.handler"))
        sequence(somewhere.app_for(SEQUENCER))

    assert set(asked(edge, route)) == set(route.grants.bank)


def _dispute(edge: Edge) -> None:
    """Let so many object to a hash that one who thinks better of it settles the dispute."""
    item = {"hashValue": pdq(0), "feedbackValue": "NotBlocked"}
    for partner in ("example-social", "another", "a-third"):
        keys = edge.keys("SubmitFeedback", partner)
        body = {"count": 1, "hashFeedbacks": [item]}
        assert edge.post("/v1/SubmitFeedback", body, headers=keys).status == 200
