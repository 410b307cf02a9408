"""The real hasher in a real browser: builds the harness page, serves it, drives Chromium."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from playwright.sync_api import Browser, Page

WEB = Path(__file__).parents[2] / "web"
VITE = WEB / "node_modules" / ".bin" / "vite"
SOURCE = WEB / "test" / "hash" / "harness"


@dataclass(frozen=True)
class Answer:
    """What the hasher said of one file in the end."""

    kind: str
    hash: str | None
    quality: int | None
    reason: str | None


class Harness:
    """The open harness page; every call first puts its files into the page's input."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def choose(self, files: Sequence[Path]) -> None:
        self.page.set_input_files("input", [str(file) for file in files])

    def run(self, victim: int | None = None, when: str | None = None) -> list[dict[str, Any]]:
        """Hash the chosen files and return every event, with the time it came."""
        told: list[dict[str, Any]] = self.page.evaluate(
            "([victim, when]) => window.harness.run(victim, when)", [victim, when]
        )
        return told

    def hash(self, files: Sequence[Path]) -> list[Answer]:
        """Hash these files and return each one's answer, in their order."""
        self.choose(files)
        return answers(self.run())

    def run_with_a_crash(self) -> list[dict[str, Any]]:
        """Hash the chosen files and let an error escape in the worker while it is at it."""
        with self.page.expect_event("worker") as started:
            self.page.evaluate("() => { window.running = window.harness.run() }")
        started.value.evaluate("() => { setTimeout(() => { throw new Error('broken') }) }")
        told: list[dict[str, Any]] = self.page.evaluate("() => window.running")
        return told

    def stages(self, file: Path) -> dict[str, float]:
        """Return the milliseconds that each stage takes for this file."""
        self.choose([file])
        times: dict[str, float] = self.page.evaluate("() => window.harness.time(0)")
        return times


def answers(told: Sequence[dict[str, Any]]) -> list[Answer]:
    """Return the last word on each file, in the order of the files."""
    last = {event["id"]: event for event in told}
    return [_answer(last[number]) for number in sorted(last)]


def _answer(event: dict[str, Any]) -> Answer:
    signal = event["signals"][0] if event["kind"] == "hashed" else {}
    return Answer(event["kind"], signal.get("value"), signal.get("quality"), event.get("reason"))


@contextmanager
def open_harness(folder: Path, browser: Browser) -> Iterator[Harness]:
    """Build the harness into `folder` and yield it, open in the browser."""
    _build(folder)
    with _served(folder) as address:
        page = browser.new_page()
        page.goto(address)
        yield Harness(page)
        page.close()


def _build(folder: Path) -> None:
    assert VITE.exists(), "the harness is built with Vite: run `npm ci` in web/"
    options = ["--config", str(SOURCE / "vite.config.ts"), "--outDir", str(folder)]
    subprocess.run([VITE, "build", str(SOURCE), *options, "--emptyOutDir"], cwd=WEB, check=True)


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing: the tests say what went wrong."""
