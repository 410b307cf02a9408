"""The processes that make up a running system: started in order, watched, stopped in reverse."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep

import httpx

from local.refusal import Refusal
from local.uninterrupted import uninterrupted

ROOT = Path(__file__).parents[1]
PATIENCE = 60.0
"""Seconds a child gets to answer after its start, or to end when asked: far more than it needs."""
POLL = 0.05


@dataclass(frozen=True)
class Child:
    """One running process and the file with what it printed."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def require_alive(self) -> None:
        """Check that the process runs.

        Raises:
            Refusal: it has ended by itself.
        """
        if (code := self.process.poll()) is not None:
            raise Refusal(f"{self.name} stopped by itself (exit code {code}); see {self.log}.")

    def wait_for(self, url: str) -> None:
        """Wait until `url` answers, and not with a failure of the server.

        Raises:
            Refusal: the process ended, or nothing answered in time.
        """
        self.wait_until(lambda: _answers(url))

    def wait_until(self, ready: Callable[[], bool]) -> None:
        """Wait until `ready()`.

        Raises:
            Refusal: the process ended, or it was never ready.
        """
        deadline = monotonic() + PATIENCE
        while not ready():
            self.require_alive()
            if monotonic() > deadline:
                raise Refusal(f"{self.name} did not answer in {PATIENCE:.0f} s; see {self.log}.")
            sleep(POLL)

    def stop(self) -> None:
        """Ask the process to end and wait until it is gone; a second Ctrl-C does not hurry it.

        Killing is the last resort: the local AWS writes its state only when it is asked to end.
        """
        with uninterrupted():
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                print(f"{self.name} did not end when asked and was killed; see {self.log}.")
                self.process.kill()
                self.process.wait()
            if self.process.stdin:
                self.process.stdin.close()
            # What it started belongs to its group and goes with it.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGTERM)


def start(
    name: str, module: str, *arguments: str, environment: Mapping[str, str], log: Path
) -> Child:
    """Start `python -m module` in a process group of its own, tethered to this process.

    A group of its own, so that Ctrl-C reaches only us and we stop the parts in order.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "local.tethered", module, *arguments],
            cwd=ROOT,
            env=dict(environment),
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    return Child(name, process, log)


def _answers(url: str) -> bool:
    try:
        return not httpx.get(url, timeout=PATIENCE, trust_env=False).is_server_error
    except httpx.TransportError:
        return False
