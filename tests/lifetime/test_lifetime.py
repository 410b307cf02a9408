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

PATIENCE = 120
PORTS = Ports.unused()
SITE = f"http://{HOST}:{PORTS.page}"
CREDENTIALS = {"number": "M9S346Q3D25VT4F5V37K", "pin": "12345678"}
SIGNAL = {"type": "ImagePDQ", "value": "0f" * 32, "quality": 100}
CASE = {**CREDENTIALS, "total": 1, "offset": 0, "signals": [SIGNAL]}

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
        for line in command.stdout:
            if line.startswith("Ctrl-C"):
                break
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


def part_of(command: subprocess.Popen[str], module: str) -> int:
    """Return the process that runs `module` for this command."""
    search = ["pgrep", "-P", str(command.pid), "-f", module]
    return int(subprocess.check_output(search, text=True))


def test_it_stops_when_asked_and_goes_on_with_its_data(tmp_path: Path) -> None:
    with running(tmp_path) as command:
        assert httpx.post(f"{SITE}/cases", json=CASE, timeout=PATIENCE).status_code == 201
        command.send_signal(signal.SIGINT)
        assert "Your data is kept" in end(command)
        assert command.returncode == 0

    with running(tmp_path) as command:
        found = httpx.post(f"{SITE}/cases/status", json=CREDENTIALS, timeout=PATIENCE)
        assert found.json()["signals"] == 1
        command.terminate()
        end(command)


def test_a_part_that_dies_is_named_and_takes_the_rest_along(tmp_path: Path) -> None:
    with running(tmp_path) as command:
        os.kill(part_of(command, "example_social"), signal.SIGKILL)
        said = end(command)

    assert "Example Social stopped by itself" in said
    assert command.returncode == 1
