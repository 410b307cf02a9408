"""A Chromium for the tests: the machine's own, else one that is installed now."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from local.refusal import Refusal

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WHERE = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""
MACOS = (
    Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
    Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
)


def chromium() -> Path:
    """Where a Chromium is, after installing one if the machine has none.

    Raises:
        Refusal: there is none and none could be installed.
    """
    attempts: tuple[Callable[[], Path | None], ...] = (
        present,
        _installed_by_apt,
        _installed_by_playwright,
    )
    for attempt in attempts:
        if found := attempt():
            return found
    raise Refusal(
        "The browser tests need Chromium: install the package `chromium` of your system, "
        "or set CHROMIUM to the path of one."
    )


def present(environment: Mapping[str, str] = os.environ) -> Path | None:
    """Find a Chromium that is already here; the one that `CHROMIUM` names comes first.

    Raises:
        Refusal: `CHROMIUM` names a file that cannot be run.
    """
    if named := environment.get("CHROMIUM"):
        if not os.access(named, os.X_OK):
            raise Refusal(f"CHROMIUM is set to {named}, which is not a program.")
        return Path(named)
    return next(_usual_places(environment.get("PATH", os.defpath)), None)


def _usual_places(search: str) -> Iterator[Path]:
    for name in NAMES:
        if found := shutil.which(name, path=search):
            yield Path(found)
    yield from (path for path in MACOS if path.exists())


def _installed_by_apt() -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print("Installing Chromium for the browser tests.", file=sys.stderr)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update"], ["install", "--yes", "--no-install-recommends", "chromium"]):
        subprocess.run(["apt-get", "-qq", *command], env=quiet, check=False, capture_output=True)  # noqa: S607
    return present()


def _installed_by_playwright() -> Path | None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        return None
    # Asked of another process: Playwright can be opened once in each, and that is the tests' turn.
    told = subprocess.run(
        [sys.executable, "-c", WHERE], check=False, capture_output=True, text=True
    )
    path = Path(told.stdout.strip())
    return path if path.is_file() else None
