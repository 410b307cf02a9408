"""One system at a time in a folder."""

from dataclasses import replace
from pathlib import Path

import pytest

from local.folder import Folder
from local.ports import Ports
from local.refusal import Refusal
from local.system import Plan, running


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


def test_the_port_of_the_local_aws_is_kept_with_its_data(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    assert folder.cloud_port is None

    folder.remember(9000)
    folder.remember(9000)
    assert folder.cloud_port == 9000


def test_a_note_of_the_port_that_was_cut_short_is_none(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.remember(9000)
    [noted] = tmp_path.iterdir()
    noted.write_text("")

    assert folder.cloud_port is None


def test_data_of_another_port_is_refused_with_the_way_back(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    folder.remember(9000)

    with pytest.raises(Refusal, match=r"port 9000 .*CLOUD_PORT=9000.*make reset"):
        folder.remember(9001)
    assert folder.cloud_port == 9000


def test_a_system_starts_on_no_other_port_than_the_one_of_its_data(tmp_path: Path) -> None:
    plan = Plan.throwaway(tmp_path)
    plan.folder.remember(plan.ports.cloud)
    other = replace(plan, ports=Ports.unused())

    with pytest.raises(Refusal, match=f"on port {plan.ports.cloud} "), running(other):
        pass


def test_forgetting_leaves_nothing(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "system")
    with folder.held():
        folder.aws.mkdir()

    folder.forget()

    assert not folder.root.exists()
