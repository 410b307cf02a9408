"""`make run`, run as a person would: Ctrl-C keeps the data, and nothing is ever left behind."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from local.children import ROOT
from local.ports import HOST, Ports, variable
from tests.eventually import eventually
from tests.lifetime.processes import part_of
from tests.people import pdq
from tests.person import Person

PATIENCE = 120
PORTS = Ports.unused()
SITE = f"http://{HOST}:{PORTS.page}"
PROMPT = 20
"""Seconds from a case to the partner on a busy machine; it takes three."""

pytestmark = pytest.mark.timeout(2 * PATIENCE)


@contextmanager
def running(folder: Path) -> Iterator[subprocess.Popen[str]]:
    """Start the command, wait for its addresses, and end it if the test did not."""
    ports = {variable(name): str(port) for name, port in vars(PORTS).items()}
    with subprocess.Popen(
        [sys.executable, "-m", "local", "run", "--folder", str(folder)],
        cwd=ROOT,
        env={**os.environ, **ports},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as command:
        assert command.stdout
        said = []
        for line in command.stdout:
            said.append(line)
            if line.startswith("Ctrl-C"):
                break
        else:
            pytest.fail("".join(said))
        try:
            yield command
        finally:
            command.terminate()


def end(command: subprocess.Popen[str]) -> str:
    """Wait for the command's end and return what it said last."""
    said, _ = command.communicate(timeout=PATIENCE)
    for port in vars(PORTS).values():
        with socket.socket() as probe:
            assert probe.connect_ex((HOST, port)) != 0, f"something still listens on {port}"
    return said


def known_to_social() -> int:
    status = httpx.get(f"http://{HOST}:{PORTS.social}/api/status", timeout=PATIENCE)
    return int(status.json()["hashes"])


def test_it_stops_when_asked_and_goes_on_with_its_data(tmp_path: Path) -> None:
    early, late = Person(SITE), Person(SITE)
    with running(tmp_path) as command:
        early.report(pdq(1))
        eventually(known_to_social, lambda known: known == 1)
        command.send_signal(signal.SIGINT)
        assert "Your data is kept" in end(command)
        assert command.returncode == 0

    with running(tmp_path) as command:
        assert early.status()["signals"] == 1
        late.report(pdq(2))
        # At once, as before: the sweep that finds what nobody was told of comes each minute.
        eventually(known_to_social, lambda known: known == 2, patience=PROMPT)
        command.terminate()
        end(command)


def test_a_part_that_dies_is_named_and_takes_the_rest_along(tmp_path: Path) -> None:
    with running(tmp_path) as command:
        os.kill(part_of(command.pid, "example_social"), signal.SIGKILL)
        said = end(command)

    assert "Example Social stopped by itself" in said
    assert command.returncode == 1
