"""One sentence for a machine that lacks what it must bring."""

import shutil
import subprocess
from pathlib import Path

import pytest

from local.children import ROOT

SHELL = shutil.which("sh") or "/bin/sh"


class Machine:
    """A machine on which only what a test puts there can be found."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs

    def has(self, name: str, script: str) -> None:
        program = self._programs / name
        program.write_text(f"#!{SHELL}\n{script}\n")
        program.chmod(0o755)

    def find(self, tool: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [SHELL, str(ROOT / "local" / "tools.sh"), tool],
            env={"PATH": str(self._programs)},
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


@pytest.mark.parametrize("tool", ["python", "node"])
def test_a_missing_tool_gets_one_sentence(machine: Machine, tool: str) -> None:
    found = machine.find(tool)

    assert found.returncode == 1
    assert found.stdout == ""
    assert found.stderr.startswith("NotYours needs")
    assert found.stderr.count("\n") == 1


def test_a_stand_in_that_runs_nothing_is_not_taken_for_python(machine: Machine) -> None:
    machine.has("python3", "echo 'no such version' >&2; exit 127")
    machine.has("python3.13", "exit 0")

    assert machine.find("python").stdout.endswith("/python3.13\n")


def test_a_python_without_its_venv_module_is_said(machine: Machine) -> None:
    machine.has("python3", 'case "$2" in *ensurepip*) exit 1;; esac')

    assert "install its venv module" in machine.find("python").stderr


def test_an_old_node_is_named_with_its_version(machine: Machine) -> None:
    machine.has("node", 'if [ "$1" = --version ]; then echo v18.2.0; else exit 1; fi')
    machine.has("npm", "exit 0")

    assert "this is v18.2.0" in machine.find("node").stderr
