"""Commands that are run to their end."""

from pathlib import Path

import pytest

from local.environment import clean
from local.errand import errand
from local.refusal import Refusal


def carry_out(folder: Path, code: str) -> str:
    (folder / "errand_under_test.py").write_text(code)
    environment = {**clean(), "PYTHONPATH": str(folder)}
    return errand("errand_under_test", environment=environment, failing="It went wrong")


def test_what_it_printed_comes_back(tmp_path: Path) -> None:
    assert carry_out(tmp_path, "print('done')") == "done\n"


def test_a_failure_is_told_with_what_the_command_said(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="It went wrong:\nno such thing"):
        carry_out(tmp_path, "raise SystemExit('no such thing')")
