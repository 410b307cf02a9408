"""The bundle holds what the functions need, and nothing on the machine helps them."""

import subprocess
import sys
from pathlib import Path

import pytest

from infrastructure.bundle import BOTOCORE_SERVICES, bundle, host
from infrastructure.fingerprint import fingerprint
from infrastructure.routes import ROUTES, UNROUTED, WORKERS

HANDLERS = [*(route.handler for route in ROUTES), UNROUTED, *WORKERS]


@pytest.fixture(scope="module")
def bundled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bundle")
    bundle(folder, host(), sys.executable)
    return folder


@pytest.mark.parametrize("handler", HANDLERS)
def test_every_handler_is_found_in_the_bundle_alone(bundled: Path, handler: str) -> None:
    # -S leaves out what this project's environment has installed.
    script = f"import sys; sys.path.insert(0, '.'); import functions.{handler} as m; m.handler"
    settings = {"POWERTOOLS_METRICS_NAMESPACE": "NotYours", "POWERTOOLS_SERVICE_NAME": "test"}
    done = subprocess.run(
        [sys.executable, "-S", "-E", "-c", script],
        cwd=bundled,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_everything_is_compiled_and_believed_without_a_look_at_the_source(bundled: Path) -> None:
    sources = [file for file in bundled.rglob("*.py") if file.read_bytes().strip()]
    (compiled,) = (bundled / "functions" / "create_case").rglob("handler.*.pyc")
    assert len(list(bundled.rglob("*.pyc"))) >= len(sources)
    # Flags of PEP 552: 1 is "by hash", and without 2 "never checked".
    assert int.from_bytes(compiled.read_bytes()[4:8], "little") == 1


def test_only_the_services_in_use_are_described(bundled: Path) -> None:
    data = bundled / "botocore" / "data"
    assert {entry.name for entry in data.iterdir() if entry.is_dir()} == BOTOCORE_SERVICES


def test_the_fingerprint_changes_with_a_name_a_content_or_a_setting(tmp_path: Path) -> None:
    one, other = Path("one"), Path("other")
    (tmp_path / one).write_text("1")
    (tmp_path / other).write_text("1")
    prints = [
        fingerprint(tmp_path, [one]),
        fingerprint(tmp_path, [other]),
        fingerprint(tmp_path, [one, other]),
        fingerprint(tmp_path, [one], "for Lambda"),
    ]
    (tmp_path / one).write_text("2")
    prints.append(fingerprint(tmp_path, [one]))
    assert len(set(prints)) == len(prints)


def test_the_fingerprint_does_not_care_in_which_order_files_are_found(tmp_path: Path) -> None:
    files = [Path("a"), Path("b")]
    for file in files:
        (tmp_path / file).touch()
    assert fingerprint(tmp_path, files) == fingerprint(tmp_path, reversed(files))
