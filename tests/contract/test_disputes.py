"""A disputed hash and a delisted one, as the published client reads them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from threatexchange.exchanges.clients.stopncii.api import (
    StopNCIIAPI,
    StopNCIICaseStatus,
    StopNCIICSPFeedbackValue,
    StopNCIIEndpoint,
    StopNCIIHashRecord,
    StopNCIISignalType,
)

from functions.create_case.handler import create_case
from functions.partner_sync.sequence import sequence
from functions.shared.disputes import delist
from infrastructure.routes import SEQUENCER
from tests.edge import Edge
from tests.hashes import signal
from tests.people import new_case, pdq
from tests.register import registered

OBJECTORS = ("another", "a third", "a fourth")


class Client(StopNCIIAPI):
    """The published client with its lines to our functions in this process."""

    def __init__(self, edge: Edge, partner: str = "example-social") -> None:
        super().__init__("", "")
        self.edge, self.partner = edge, partner
        self.wire: list[dict[str, Any]] = []

    def _get(self, endpoint: StopNCIIEndpoint, **params: Any) -> Any:
        sent = self.edge.keys(endpoint.value, self.partner)
        answer = self.edge.get(f"/v1/{endpoint.value}", params, headers=sent).json
        self.wire = answer["hashRecords"]
        return answer

    def _post(self, endpoint: StopNCIIEndpoint, *, json: Any = None) -> Any:
        sent = self.edge.keys(endpoint.value, self.partner)
        return self.edge.post(f"/v1/{endpoint.value}", json, headers=sent).json

    def records(self, start: int = 10) -> list[StopNCIIHashRecord]:
        """Return what one run from `start` brings."""
        return [one for page in self.fetch_hashes_iter(start) for one in page.hashRecords]


@pytest.fixture
def client(edge: Edge, tmp_path: Path) -> Iterator[Client]:
    several = ("example-social", *OBJECTORS)
    with registered(tmp_path, *({"id": one, "name": one} for one in several)):
        yield _client(edge)


def _client(edge: Edge) -> Client:
    create_case(new_case(1), edge.world.app_for("create_case.handler"))
    return Client(edge)


def dispute(edge: Edge) -> None:
    for partner in OBJECTORS:
        Client(edge, partner).submit_feedback(
            StopNCIISignalType.ImagePDQ, pdq(0), StopNCIICSPFeedbackValue.NotBlocked
        )
    sequence(edge.world.app_for(SEQUENCER))


def test_the_record_of_a_disputed_hash_survives_with_every_value_as_before(
    client: Client, edge: Edge
) -> None:
    sequence(edge.world.app_for(SEQUENCER))
    [before] = client.records()
    assert client.wire[0]["disputed"] is False
    dispute(edge)
    [now] = client.records()

    assert client.wire[0]["disputed"] is True
    assert (now.signalType, now.hashValue) == (before.signalType, before.hashValue)
    assert now.hashStatus is before.hashStatus is StopNCIICaseStatus.Active
    assert now.caseNumbers == before.caseNumbers
    assert {said.feedbackValue for said in now.CSPFeedbacks} == {
        StopNCIICSPFeedbackValue.NotBlocked
    }


def test_a_delisted_hash_reaches_only_who_may_have_it_and_as_withdrawn(
    client: Client, edge: Edge
) -> None:
    dispute(edge)
    first = int(edge.world.now)
    edge.world.now += 60
    bank = edge.world.app_for("partner_sync.submit_feedback").store.bank
    bank.change([signal(0)], lambda _, found: delist(found, int(edge.world.now)) if found else None)
    sequence(edge.world.app_for(SEQUENCER))

    assert client.records() == [], "rule 6: a full fetch carries no withdrawn record"
    [told] = client.records(first)
    assert told.hashStatus is StopNCIICaseStatus.Withdrawn
    assert client.wire[0]["disputed"] is False
    assert set(told.caseNumbers.values()) == {StopNCIICaseStatus.Active}
