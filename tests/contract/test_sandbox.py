"""The sandbox over HTTP: what a platform tries on the day it thinks of taking part."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType
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

from local.children import ROOT
from local.system import System

WRITTEN = json.loads((ROOT / "contract" / "sandbox.json").read_text())
KEYS: dict[str, str] = WRITTEN["keys"]
HASHES = {one["id"].removeprefix("sandbox-"): one for one in WRITTEN["hashes"]}


@pytest.fixture
def sandbox(system: System) -> StopNCIIAPI:
    """Return the published client with the published keys."""
    return StopNCIIAPI(
        KEYS["subscription"],
        KEYS["FetchHashes"],
        {endpoint: KEYS[endpoint.value] for endpoint in StopNCIIEndpoint},
        base_url_override=f"{system.page}/v1",
    )


def fetched(client: StopNCIIAPI, start: int = 10) -> dict[str, StopNCIIHashRecord]:
    pages = client.fetch_hashes_iter(start)
    return {record.hashValue: record for page in pages for record in page.hashRecords}


def test_the_published_command_finds_a_dummy_picture_in_it(system: System, tmp_path: Path) -> None:
    keys = f"{KEYS['FetchHashes']},{KEYS['subscription']},{system.page}/v1"

    def run(*arguments: str) -> str:
        finished = subprocess.run(
            [Path(sys.executable).with_name("threatexchange"), *arguments],
            env={**os.environ, "HOME": str(tmp_path), "TX_STOPNCII_KEYS": keys},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert finished.returncode == 0, finished.stderr
        return finished.stdout

    run("config", "collab", "edit", "stop_ncii", "--create", "Sandbox")
    run("fetch")

    for name in ("rings", "tiles"):
        assert "Sandbox" in run("match", "photo", str(ROOT / HASHES[name]["made_from"]))
    assert "Sandbox" in run("match", "video", str(ROOT / HASHES["h264-24-mp4"]["made_from"]))


def test_it_shows_only_dummies_and_nothing_that_people_reported(sandbox: StopNCIIAPI) -> None:
    feed = fetched(sandbox)

    assert set(feed) == {one["value"] for one in HASHES.values() if not one.get("withdrawn")}
    assert all(record.hashStatus is StopNCIICaseStatus.Active for record in feed.values())


def test_a_client_that_knew_the_withdrawn_dummy_is_told(sandbox: StopNCIIAPI) -> None:
    told = fetched(sandbox, WRITTEN["published"])[HASHES["withdrawn"]["value"]]

    assert told.hashStatus is StopNCIICaseStatus.Withdrawn


def test_the_program_of_the_document_lets_go_of_the_withdrawn_dummy(sandbox: StopNCIIAPI) -> None:
    follow = _documented("follow").follow
    withdrawn = StopNCIISignalType.ImagePDQ, HASHES["withdrawn"]["value"]
    index: dict[Any, Any] = {withdrawn: "from before"}

    checkpoint = follow(sandbox, index, WRITTEN["published"])

    assert checkpoint == WRITTEN["changed"]
    assert withdrawn not in index
    assert len(index) == len(HASHES) - 1
    assert follow(sandbox, index, checkpoint) == checkpoint


def _documented(name: str) -> ModuleType:
    text = (ROOT / "docs" / "partners.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
    [program] = [block for block in blocks if block.startswith(f'"""{name}.py: ')]
    module = ModuleType(name)
    exec(compile(program, f"{name}.py", "exec"), module.__dict__)  # noqa: S102 - it is what we test
    return module


def test_answers_and_hashes_are_taken_and_leave_no_trace(sandbox: StopNCIIAPI) -> None:
    before = fetched(sandbox)
    value = HASHES["discs"]["value"]

    sandbox.submit_feedback(
        StopNCIISignalType.ImagePDQ, value, StopNCIICSPFeedbackValue.Blocked, {"a"}
    )
    sandbox.submit_hash(StopNCIISignalType.ImagePDQ, HASHES["withdrawn"]["value"])

    assert fetched(sandbox) == before
