"""The `threatexchange` command of PyPI, unmodified, in a home of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pdqhash
import pytest
from PIL import Image
from skimage import data

from local.system import System
from tests.contract.conftest import PARTNER
from tests.eventually import eventually
from tests.people import pdq
from tests.person import Person

Finished = subprocess.CompletedProcess[str]
Command = Callable[..., Finished]


@pytest.fixture
def command(system: System, tmp_path: Path) -> Command:
    """Return the command, set up for this system; `key` replaces the fetch key."""
    own = system.partners[PARTNER].keys

    def run(*arguments: str, key: str = own.function_keys["FetchHashes"]) -> Finished:
        credentials = f"{key},{own.subscription_key},{system.page}/v1"
        return subprocess.run(
            [Path(sys.executable).with_name("threatexchange"), *arguments],
            env={**os.environ, "HOME": str(tmp_path), "TX_STOPNCII_KEYS": credentials},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    made = run("config", "collab", "edit", "stop_ncii", "--create", "NotYours")
    assert made.returncode == 0, made.stderr
    return run


def test_the_command_fetches_and_finds_a_copy(
    command: Command, person: Person, tmp_path: Path
) -> None:
    photograph = data.astronaut()  # type: ignore[no-untyped-call]
    vector, quality = pdqhash.compute(photograph)
    assert quality >= 50
    value = f"{int(''.join(map(str, vector)), 2):064x}"
    person.report(value, *(pdq(seed) for seed in range(5)))
    copy = tmp_path / "copy.jpg"
    Image.fromarray(photograph).resize((400, 400)).save(copy, quality=70)

    def match() -> str:
        fetched = command("fetch")
        assert fetched.returncode == 0, fetched.stderr
        return command("match", "photo", str(copy)).stdout

    found = eventually(match, lambda text: "NotYours" in text)
    assert "pdq" in found


def test_the_command_goes_on_where_it_stopped(command: Command, person: Person) -> None:
    person.report(*(pdq(seed) for seed in range(100, 104)))

    def signals() -> str:
        assert command("fetch").returncode == 0
        return command("dataset", "--print-signals", "--print-signals-only").stdout

    eventually(signals, lambda text: all(pdq(seed) in text for seed in range(100, 104)))
    assert command("fetch").returncode == 0


def test_the_command_says_so_when_its_key_is_wrong(command: Command) -> None:
    refused = command("fetch", key="wrong")

    assert refused.returncode != 0
    assert "failed to fetch" in refused.stderr
