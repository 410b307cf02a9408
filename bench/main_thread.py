"""How long the page's main thread is busy at a stretch while workers hash, by Chromium's trace."""

import json
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import Browser

from bench.harnesses import photograph
from bench.table import Table
from tests.chromium import Tab, launched
from tests.hashing.harness import Harness, served_harness

LIMIT = 16
"""Milliseconds: one frame of a screen with 60 a second."""
LARGE, SMALL = 8, 200
SMALL_SIZE = (640, 480)
WORKERS = 2

RIDE = "(workers) => harness.ride(workers)"
TASK = "RunTask"
"""The end of the name of an event that holds all that a thread did without a pause."""


def main() -> None:
    with TemporaryDirectory() as page, TemporaryDirectory() as pictures:
        large = photograph(Path(pictures))
        batches = {
            f"{LARGE} x 12 MP": [large] * LARGE,
            f"{SMALL} x 0.3 MP": [_small(large, Path(pictures))] * SMALL,
        }
        with served_harness(Path(page)) as address, launched() as browser:
            rows = [(name, *_row(browser, address, files)) for name, files in batches.items()]
    print(table(rows))


def table(rows: Sequence[Sequence[str]]) -> Table:
    return Table(
        "Main thread: milliseconds of its longest tasks in Chromium, while workers hash",
        f"As the browser itself traces them, with {WORKERS} workers. Own: what the processor spent "
        f"on the task; wall: with the time for which the thread waited for a core. The limit is "
        f"{LIMIT}.",
        ("", "tasks", "own p99", "own longest", "wall longest"),
        rows,
    )


def _row(browser: Browser, address: str, files: Sequence[Path]) -> list[str]:
    tab = browser.new_page()
    harness = Harness(Tab(tab), address)
    harness.choose(files)
    harness.evaluate(RIDE, WORKERS)  # all code is loaded and warm, as from the second file on
    browser.start_tracing(page=tab, categories=["toplevel", "__metadata"])
    harness.evaluate(RIDE, WORKERS)
    tasks = _main_thread_tasks(json.loads(browser.stop_tracing())["traceEvents"])
    tab.close()
    own = sorted(task.get("tdur", 0) / 1000 for task in tasks)
    longest = max(task["dur"] for task in tasks) / 1000
    return [str(len(own)), *(f"{x:.1f}" for x in (own[int(0.99 * len(own))], own[-1], longest))]


def _main_thread_tasks(events: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of the page that did the most: a spare renderer has a main thread too."""
    threads: dict[tuple[int, int], list[dict[str, Any]]] = {}
    for event in events:
        if event["name"] == "thread_name" and event["args"]["name"] == "CrRendererMain":
            threads[event["pid"], event["tid"]] = []
    for event in events:
        if event["name"].endswith(TASK) and event["ph"] == "X":
            threads.get((event["pid"], event["tid"]), []).append(event)
    return max(threads.values(), key=len)


def _small(large: Path, folder: Path) -> Path:
    path = folder / "small.jpg"
    with Image.open(large) as picture:
        picture.resize(SMALL_SIZE).save(path, quality=90)
    return path


if __name__ == "__main__":
    main()
