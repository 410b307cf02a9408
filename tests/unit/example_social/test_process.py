"""The platform as a process: it says where it is, learns from the bank, and stops when asked."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.unit.example_social.bank_server import KEYS, SUBSCRIPTION, Bank

ROOT = Path(__file__).parents[3]


@pytest.fixture
def silent_queue() -> Iterator[str]:
    """Take every question to the queue and answer none, as a long poll does."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def environment(bank: Bank, silent_queue: str, tmp_path: Path) -> dict[str, str]:
    return os.environ | {
        "EXAMPLE_SOCIAL_API_URL": bank.url,
        "EXAMPLE_SOCIAL_SUBSCRIPTION_KEY": SUBSCRIPTION,
        "EXAMPLE_SOCIAL_FETCH_KEY": KEYS["FetchHashes"],
        "EXAMPLE_SOCIAL_FEEDBACK_KEY": KEYS["SubmitFeedback"],
        "EXAMPLE_SOCIAL_QUEUE_URL": f"{silent_queue}/000000000000/inbox",
        "EXAMPLE_SOCIAL_STATE": str(tmp_path / "state"),
        "EXAMPLE_SOCIAL_PORT": "0",
        "AWS_ENDPOINT_URL": silent_queue,
        "AWS_DEFAULT_REGION": "eu-north-1",
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
    }


def start(environment: dict[str, str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "partner_kit.example_social"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("word", [signal.SIGTERM, signal.SIGINT])
def test_it_says_where_it_is_and_stops_within_two_seconds(
    environment: dict[str, str], word: signal.Signals
) -> None:
    with start(environment) as process:
        assert process.stdout
        address = process.stdout.readline().removeprefix("Example Social: ").strip()
        status = requests.get(f"{address}/api/status", timeout=10).json()
        process.send_signal(word)
        asked = time.monotonic()
        _, said = process.communicate(timeout=10)

    assert status["hashes"] == 0
    assert process.returncode == 0
    assert time.monotonic() - asked < 2
    assert "Traceback" not in said
    assert not any(key in said for key in (SUBSCRIPTION, *KEYS.values()))


def test_a_taken_port_gets_one_plain_sentence(
    environment: dict[str, str], silent_queue: str
) -> None:
    taken = silent_queue.rpartition(":")[2]
    with start(environment | {"EXAMPLE_SOCIAL_PORT": taken}) as process:
        _, said = process.communicate(timeout=20)

    assert said == f"Example Social cannot start: port {taken} is taken or not allowed.\n"
    assert process.returncode == 1


def test_a_missing_variable_gets_one_plain_sentence(environment: dict[str, str]) -> None:
    with start(environment | {"EXAMPLE_SOCIAL_QUEUE_URL": ""}) as process:
        _, said = process.communicate(timeout=20)

    assert said.startswith("Set EXAMPLE_SOCIAL_QUEUE_URL")
    assert said.count("\n") == 1
