"""One system at a time in a folder."""

from pathlib import Path

import pytest

from local.folder import Folder
from local.refusal import Refusal


def test_a_folder_in_use_is_refused_to_a_second_system(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "system")

    with folder.held(), pytest.raises(Refusal, match="already running"):
        folder.forget()


def test_what_functions_leave_behind_goes_and_data_stays(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    for path in (folder.temporary, folder.aws):
        (path / "left").mkdir(parents=True)

    with folder.held():
        assert list(folder.temporary.iterdir()) == []
        assert (folder.aws / "left").exists()
    assert not folder.temporary.exists()


def test_only_its_owner_can_look_into_it(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "system")

    with folder.held():
        assert folder.root.stat().st_mode & 0o077 == 0


def test_forgetting_leaves_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "system")
    with folder.held():
        folder.aws.mkdir()

    folder.forget()

    assert not folder.root.exists()
