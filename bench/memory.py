"""What one very large photograph adds to the pages of Chromium at its highest. Linux tells it."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from bench.harnesses import large_photograph
from bench.table import Table
from tests.chromium import Tab, launched
from tests.hashing.harness import Harness, served_harness

LIMIT = 350
"""Megabytes."""
PATHS = {"exact": False, "sparing": True}
"""And whether the algorithm is asked to take as little memory as it can."""
FORGET_THE_PEAK = "5"
"""Written to `clear_refs`. Source: proc(5)."""

HASH = """(sparing) => {
  const [file] = harness.chosen()
  return harness.hash({ file, sparing })
}"""


def main() -> None:
    if not Path("/proc/self/clear_refs").exists():
        print("Memory: not measured, for want of Linux's /proc")
        return
    with TemporaryDirectory() as page, TemporaryDirectory() as pictures:
        file = large_photograph(Path(pictures))
        with served_harness(Path(page)) as address:
            rows = [(f"48 MP, {name}", *_row(address, file, PATHS[name])) for name in PATHS]
    print(table(rows))


def table(rows: Sequence[Sequence[str]]) -> Table:
    return Table(
        "Memory: megabytes of Chromium's pages, each row in a new browser",
        f"Resident before, and at the peak while one JPEG photograph is hashed; most of it is the "
        f"browser's decoded picture, 4 bytes a pixel. The limit is {LIMIT} MB added.",
        ("", "before", "peak", "added"),
        rows,
    )


def _row(address: str, file: Path, sparing: bool) -> list[str]:
    with launched() as browser:
        harness = Harness(Tab(browser.new_page()), address)
        harness.choose([file])
        processes = _renderers(browser)
        for process in processes:
            (process / "clear_refs").write_text(FORGET_THE_PEAK)
        before = sum(_megabytes(process, "VmRSS") for process in processes)
        harness.evaluate(HASH, sparing)
        peak = sum(_megabytes(process, "VmHWM") for process in processes)
    return [f"{each:.0f}" for each in (before, peak, peak - before)]


def _renderers(browser: Browser) -> list[Path]:
    """Return what Linux says of the page's process, and of the spare one that sits beside it."""
    told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
    numbers = [one["id"] for one in told["processInfo"] if one["type"] == "renderer"]
    return [Path("/proc", str(number)) for number in numbers]


def _megabytes(process: Path, name: str) -> float:
    lines = (process / "status").read_text(encoding="ascii", errors="replace").splitlines()
    [figure] = [line.split()[1] for line in lines if line.startswith(f"{name}:")]
    return int(figure) * 1024 / 1e6


if __name__ == "__main__":
    main()
