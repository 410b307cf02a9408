"""The published client as a partner has it."""

import logging
from collections.abc import Iterator

import pytest
from threatexchange.exchanges.clients.stopncii.api import StopNCIIAPI, StopNCIIEndpoint

from local.system import System
from tests.person import Person

PARTNER = "example-social"


@pytest.fixture
def client(system: System) -> StopNCIIAPI:
    """Return the client with the example partner's keys."""
    return client_of(system)


def client_of(
    system: System, *, suffix: str = "/v1", keys: dict[StopNCIIEndpoint, str] | None = None
) -> StopNCIIAPI:
    """Return a client of this system; `keys` replaces function keys."""
    own = system.partners[PARTNER].keys
    by_endpoint = {endpoint: own.function_keys[endpoint.value] for endpoint in StopNCIIEndpoint}
    by_endpoint |= keys or {}
    return StopNCIIAPI(
        own.subscription_key,
        by_endpoint[StopNCIIEndpoint.FetchHashes],
        by_endpoint,
        base_url_override=system.page + suffix,
    )


@pytest.fixture
def person(system: System) -> Person:
    """Return somebody with a case of their own."""
    return Person(system.page)


@pytest.fixture(autouse=True)
def _no_record_dropped(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Fail when the client dropped a record: it only logs that, and its checkpoint moves on."""
    yield
    dropped = [entry for entry in caplog.records if "Convert response" in entry.getMessage()]
    assert not dropped
    assert logging.getLogger().isEnabledFor(logging.ERROR)
