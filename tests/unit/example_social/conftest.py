"""A platform with its own memory, a bank on loopback, and the client between them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from threatexchange.exchanges.clients.stopncii.api import StopNCIIAPI, StopNCIIEndpoint

from partner_kit.example_social.feedback import send_owed
from partner_kit.example_social.fetching import fetch
from partner_kit.example_social.platform import Platform, open_platform
from partner_kit.example_social.site import build_site
from tests.unit.example_social.bank_server import KEYS, SUBSCRIPTION, Bank, serve

NOON = 1_795_000_000


@dataclass(frozen=True)
class Link:
    """The platform and its way to the bank, driven step by step."""

    platform: Platform
    api: StopNCIIAPI

    def fetch(self, now: int = NOON) -> None:
        fetch(self.api, self.platform.database, self.platform.lookout, now)

    def send(self, now: int = NOON) -> None:
        send_owed(self.api, self.platform.database, now)


@pytest.fixture
def bank() -> Iterator[Bank]:
    with serve(Bank()) as bank:
        yield bank


@pytest.fixture
def platform(tmp_path: Path) -> Platform:
    return open_platform(tmp_path / "state")


@pytest.fixture
def api(bank: Bank) -> StopNCIIAPI:
    feedback = {StopNCIIEndpoint.SubmitFeedback: KEYS["SubmitFeedback"]}
    return StopNCIIAPI(SUBSCRIPTION, KEYS["FetchHashes"], feedback, bank.url)


@pytest.fixture
def link(platform: Platform, api: StopNCIIAPI) -> Link:
    return Link(platform, api)


@pytest.fixture
def browser(platform: Platform) -> TestClient:
    return TestClient(
        build_site(platform), base_url="http://127.0.0.1:8480", follow_redirects=False
    )
