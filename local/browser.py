"""The browsers of the tests: the machine's own, else ones that are installed now."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from local.children import ROOT
from local.refusal import Refusal


@dataclass(frozen=True)
class Product:
    """One make of browser: what it is called, and where it is kept."""

    name: str
    programs: Sequence[str]
    package: str
    """Its name for apt."""
    macos: Sequence[Path]
    download: Callable[[], str]
    """Installs one without an administrator's rights and returns where, or nothing."""

    @property
    def variable(self) -> str:
        """The environment variable that names one."""
        return self.name.upper()


def chromium() -> Path:
    """Where a Chromium is, after installing one if the machine has none.

    Raises:
        Refusal: there is none and none could be installed.
    """
    return _provided(CHROMIUM)


def firefox() -> Path:
    """Where a Firefox is, after installing one if the machine has none.

    Raises:
        Refusal: there is none and none could be installed.
    """
    return _provided(FIREFOX)


def present(product: Product, environment: Mapping[str, str] = os.environ) -> Path | None:
    """Find one that is already here; the one that its variable names comes first.

    Raises:
        Refusal: the variable names a file that cannot be run.
    """
    if named := environment.get(product.variable):
        if not os.access(named, os.X_OK):
            raise Refusal(f"{product.variable} is set to {named}, which is not a program.")
        return Path(named)
    return next(_usual_places(product, environment.get("PATH", os.defpath)), None)


def _usual_places(product: Product, search: str) -> Iterator[Path]:
    for program in product.programs:
        if found := shutil.which(program, path=search):
            yield Path(found)
    yield from (path for path in product.macos if path.exists())


def _provided(product: Product) -> Path:
    for attempt in (present, _installed_by_apt, _downloaded):
        if found := attempt(product):
            return found
    raise Refusal(
        f"The browser tests need {product.name}: install the package `{product.package}` of your "
        f"system, or set {product.variable} to the path of one."
    )


def _installed_by_apt(product: Product) -> Path | None:
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    print(f"Installing {product.name} for the browser tests.", file=sys.stderr)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["install", "--yes", "--no-install-recommends", product.package]
    for command in (["update"], install):
        subprocess.run(["apt-get", "-qq", *command], env=quiet, check=False, capture_output=True)  # noqa: S607
    return present(product)


def _downloaded(product: Product) -> Path | None:
    path = Path(product.download())
    return path if path.is_file() else None


def _by_playwright() -> str:
    # Installed and asked of other processes: Playwright can be opened once in each, and that is
    # the tests' turn.
    if _said([sys.executable, "-m", "playwright", "install", "chromium"]) is None:
        return ""
    return _said([sys.executable, "-c", _WHERE]) or ""


_WHERE = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def _by_puppeteer() -> str:
    """Playwright's Firefox is one of its own making; this is the one that people have."""
    installer = ROOT / "web" / "node_modules" / ".bin" / "browsers"
    where = ["--path", str(ROOT / ".local" / "browsers"), "--format", "{{path}}"]
    return _said([str(installer), "install", "firefox@esr", *where]) or ""


def _said(command: Sequence[str]) -> str | None:
    """Return the last line of what a command printed; nothing if it failed."""
    try:
        told = subprocess.run(command, check=True, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return told.stdout.strip().rpartition("\n")[2]


CHROMIUM = Product(
    "Chromium",
    ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"),
    "chromium",
    (
        Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
        Path("/Applications/Chromium.app/Contents/MacOS/Chromium"),
    ),
    _by_playwright,
)
FIREFOX = Product(
    "Firefox",
    ("firefox-esr", "firefox"),
    "firefox-esr",
    (Path("/Applications/Firefox.app/Contents/MacOS/firefox"),),
    _by_puppeteer,
)
