"""Processes that are started, watched, and never left behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from local.children import ROOT, Child, start
from local.environment import clean
from local.refusal import Refusal

PATIENCE = 20


def child(tmp_path: Path, code: str) -> Child:
    (tmp_path / "part_under_test.py").write_text(code)
    environment = {**clean(), "PYTHONPATH": str(tmp_path)}
    return start("The part", "part_under_test", environment=environment, log=tmp_path / "log")


def test_a_part_that_ends_by_itself_is_named(tmp_path: Path) -> None:
    part = child(tmp_path, "raise SystemExit(3)")
    try:
        with pytest.raises(Refusal, match=r"The part stopped by itself \(exit code 3\); see .*log"):
            part.wait_until(lambda: False)
    finally:
        part.stop()


def test_a_part_is_asked_to_end_and_has_ended(tmp_path: Path) -> None:
    part = child(tmp_path, "import signal\nprint('up', flush=True)\nsignal.pause()")
    part.wait_until(lambda: part.log.read_text() == "up\n")

    part.stop()

    assert part.process.returncode == -signal.SIGTERM


def test_a_part_ends_when_its_owner_is_killed_outright(tmp_path: Path) -> None:
    read, write = os.pipe()
    (tmp_path / "part_under_test.py").write_text(
        f"import os, signal\nos.write({write}, b'up')\nsignal.pause()"
    )
    owner = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import subprocess, sys, signal\n"
            "subprocess.Popen([sys.executable, '-m', 'local.tethered', 'part_under_test'],"
            f" stdin=subprocess.PIPE, pass_fds=[{write}])\n"
            "signal.pause()",
        ],
        cwd=ROOT,
        env={**clean(), "PYTHONPATH": str(tmp_path)},
        pass_fds=[write],
    )
    os.close(write)
    assert os.read(read, 2) == b"up"

    owner.kill()
    owner.wait(PATIENCE)

    # The pipe's last writer is the part: its end is the end of the pipe.
    assert os.read(read, 1) == b""
    os.close(read)
