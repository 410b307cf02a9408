"""Finding a Chromium that is already there."""

from pathlib import Path

import pytest

from local.browser import present
from local.refusal import Refusal


@pytest.fixture
def program(tmp_path: Path) -> Path:
    path = tmp_path / "chromium"
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_one_on_the_path_is_found(program: Path) -> None:
    assert present({"PATH": str(program.parent)}) == program


def test_the_one_that_is_named_comes_first(program: Path) -> None:
    assert present({"PATH": "/nowhere", "CHROMIUM": str(program)}) == program


def test_a_name_that_is_no_program_is_said(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"CHROMIUM is set to .*, which is not a program"):
        present({"CHROMIUM": str(tmp_path / "missing")})
