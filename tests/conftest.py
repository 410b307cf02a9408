"""Fixtures that every kind of test may use."""

import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from local.system import Plan, System, running
from tests.channel import Channel
from tests.chromium import launched
from tests.edge import Edge
from tests.register import OTHERS, beside_ours
from tests.world import AppFor, World, world


@pytest.fixture(scope="session", autouse=True)
def _no_account() -> Iterator[None]:
    """No test can reach a real account, whatever the machine is set up for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ACCESS_KEY_ID", "testing")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
        patch.setenv("AWS_DEFAULT_REGION", "eu-north-1")
        patch.setenv("NO_PROXY", "127.0.0.1,localhost")
        patch.setenv("no_proxy", "127.0.0.1,localhost")
        patch.delenv("AWS_PROFILE", raising=False)
        patch.delenv("AWS_ENDPOINT_URL", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def _ctrl_c_is_heard() -> None:
    """Let what a test starts be interrupted, even if a shell runs the tests in the background.

    Such a shell has them ignore SIGINT, and whatever they start would too.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def somewhere() -> Iterator[World]:
    """Return a world of its own."""
    with world() as made:
        yield made


@pytest.fixture
def edge(somewhere: World, monkeypatch: pytest.MonkeyPatch) -> Edge:
    """Return the HTTP functions of a world of their own, as callers meet them."""
    return Edge(somewhere, monkeypatch)


@pytest.fixture
def channel(somewhere: World, monkeypatch: pytest.MonkeyPatch) -> Channel:
    """Return the deliverer of one partner."""
    return Channel(somewhere, monkeypatch)


@pytest.fixture
def app_for(somewhere: World) -> AppFor:
    """Return Apps that may do only what a handler's route lists."""
    return somewhere.app_for


@pytest.fixture
def others(tmp_path: Path) -> Iterator[None]:
    """Let other partners take part beside ours."""
    with beside_ours(tmp_path, *OTHERS):
        yield


@pytest.fixture(scope="session")
def system(tmp_path_factory: pytest.TempPathFactory) -> Iterator[System]:
    """Return the whole system, running on free ports of this machine with data of its own."""
    with running(Plan.throwaway(tmp_path_factory.mktemp("system"))) as started:
        yield started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return the one browser of this run."""
    with launched() as started:
        yield started
