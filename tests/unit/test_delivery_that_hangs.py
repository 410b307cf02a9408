"""Whatever does not answer when a partner is told: the run ends soon, and the failure is noted."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from functions.shared.app import App
from functions.shared.clients import connect
from functions.shared.endpoint import EndpointState
from functions.shared.errors import Undelivered
from functions.shared.transports.deadline import Deadline, within
from infrastructure.routes import DELIVERER
from tests.channel import PARTNER, Channel, event_id, message
from tests.receivers import Server, listening
from tests.register import registered
from tests.world import World, world

ARN = f"arn:aws:{{service}}:eu-north-1:000000000000:{PARTNER}"
TRANSPORTS = {
    "sqs": {"kind": "sqs", "queue_arn": ARN.format(service="sqs")},
    "sns": {"kind": "sns", "account": "111122223333"},
    "webhook": {"kind": "webhook", "url": "https://partner.example/"},
}
HANGS = {"sqs": "SQS", "sns": "SNS", "webhook": "SECRETS_MANAGER"}
WORDS = {"sqs": "no answer", "sns": "no answer", "webhook": "no secret"}


def silent(_: socket.socket, over: threading.Event) -> None:
    over.wait()


@pytest.fixture
def nobody() -> Iterator[Server]:
    """Return a server that takes every connection and says nothing."""
    with listening(silent) as server:
        yield server


@pytest.fixture(params=TRANSPORTS)
def kind(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Let the partner be told in each way, in turn."""
    told = {"id": PARTNER, "name": "Example", "transport": TRANSPORTS[request.param]}
    with registered(tmp_path, told):
        yield request.param


def deaf(made: World, patch: pytest.MonkeyPatch, kind: str, server: Server) -> Channel:
    """Return a deliverer of which neither its queue nor what this kind takes is ever answered."""
    made.env |= {"OUT_TOPIC_ARN": ARN.format(service="sns")}
    made.env |= {"WEBHOOK_SECRET_ARN": ARN.format(service="secretsmanager")}
    for service in {"SQS", HANGS[kind]}:
        patch.setenv(f"AWS_ENDPOINT_URL_{service}", f"http://127.0.0.1:{server.port}")
    clock, elapsed = (lambda: made.now), made.elapsed
    made.apps[DELIVERER, ""] = App(made.env, connect, clock=clock, elapsed=elapsed)
    return Channel(made, patch)


def test_when_aws_does_not_answer_the_run_ends_soon_and_all_messages_wait(
    kind: str, nobody: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with world() as made:
        channel = deaf(made, monkeypatch, kind, nobody)
        began = time.monotonic()
        back = channel.arrive(*(message(number) for number in range(4)))
        took = time.monotonic() - began

        assert nobody.connections >= 2, "the attempt, and the wish to be reminded"
        assert took < 20
        assert back == []
        waiting = channel.stored("waiting")
        assert set(waiting) == {event_id(number) for number in range(4)}
        assert waiting[event_id(0)]["error"]["S"] == WORDS[kind]
        assert waiting[event_id(0)]["attempts"]["N"] == "1"
        assert channel.app.store.endpoints.get(PARTNER).state is EndpointState.FAILING


def test_what_knows_no_limit_of_time_is_left_when_the_time_is_over() -> None:
    over = threading.Event()
    with pytest.raises(Undelivered, match="timeout"):
        within(Deadline(0.05), over.wait)
    over.set()


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_what_is_raised_within_the_time_is_raised_here(error: type[BaseException]) -> None:
    def fails() -> None:
        raise error

    with pytest.raises(error):
        within(Deadline(5), fails)


def test_what_is_done_within_the_time_has_its_result() -> None:
    assert within(Deadline(5), lambda: 2) == 2
