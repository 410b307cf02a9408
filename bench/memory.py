"""What one very large picture adds to the pages of Chromium at its highest. Linux tells it."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import ExifTags, Image
from playwright.sync_api import Browser

from bench.harnesses import large_photograph
from bench.table import Table
from tests.chromium import Tab, launched
from tests.hashing.harness import Harness, served_harness

LIMIT = 350
"""Megabytes."""
PATHS = {"as usual": False, "sparing": True}
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
        files = _files(Path(pictures))
        with served_harness(Path(page)) as address:
            rows = [
                (f"{kind}, {name}", *_row(address, file, sparing))
                for kind, file in files.items()
                for name, sparing in PATHS.items()
            ]
    print(table(rows))


def _files(folder: Path) -> dict[str, Path]:
    """Write one picture of 48 megapixels in every format that people have them in."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    kinds: dict[str, tuple[str, dict[str, Any]]] = {
        "turned JPEG": ("turned.jpg", {"quality": 90, "exif": exif}),
        "PNG": ("opaque.png", {"compress_level": 1}),
        "WebP": ("lossy.webp", {"quality": 80, "method": 0}),
    }
    files = {"JPEG": large_photograph(folder)}
    with Image.open(files["JPEG"]) as picture:
        for kind, (name, options) in kinds.items():
            files[kind] = folder / name
            picture.save(files[kind], **options)
        files["PNG with alpha"] = folder / "alpha.png"
        picture.convert("RGBA").save(files["PNG with alpha"], compress_level=1)
    return files


def table(rows: Sequence[Sequence[str]]) -> Table:
    return Table(
        "Memory: megabytes of Chromium's pages, each row in a new browser",
        f"Resident before, and at the peak while one picture of 48 megapixels is hashed; most is "
        f"the browser's decoded picture, 4 bytes a pixel. The limit is {LIMIT} MB added.",
        ("", "hashed", "before", "peak", "added"),
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
        made = harness.evaluate(HASH, sparing)
        peak = sum(_megabytes(process, "VmHWM") for process in processes)
    way = "a small copy" if made["limits"] else "exact"
    return [way, *(f"{each:.0f}" for each in (before, peak, peak - before))]


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
