"""The real hasher in a real browser: builds the harness page, serves it, drives the browser."""

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, Protocol

WEB = Path(__file__).parents[2] / "web"
VITE = WEB / "node_modules" / ".bin" / "vite"
SOURCE = WEB / "test" / "hash" / "harness"


@dataclass(frozen=True)
class Signal:
    """One signal of a file, as the page would send it."""

    type: str
    value: str
    quality: int | None = None
    variant: str | None = None
    reduced: bool = False


@dataclass(frozen=True)
class Answer:
    """What the hasher said of one file in the end."""

    kind: str
    signals: tuple[Signal, ...] = ()
    limits: tuple[str, ...] = ()
    reason: str | None = None

    @property
    def hash(self) -> str | None:
        """The first signal's value: for a picture, the hash of it as it is shown."""
        return self.signals[0].value if self.signals else None

    @property
    def quality(self) -> int | None:
        return self.signals[0].quality if self.signals else None


class Driver(Protocol):
    """A browser with one open page: `tests.chromium.Tab` or `tests.firefox.Firefox`."""

    def open(self, address: str) -> None: ...
    def choose(self, files: Sequence[Path]) -> None: ...
    def evaluate(self, code: str, argument: object = None) -> Any: ...


class Harness:
    """The open harness page; every call first puts its files into the page's input."""

    def __init__(self, driver: Driver, address: str) -> None:
        self._driver = driver
        driver.open(address)

    def choose(self, files: Sequence[Path]) -> None:
        self._driver.choose(files)

    def evaluate(self, code: str, argument: object = None) -> Any:
        """Call a JavaScript function in the page and return what its promise brings."""
        return self._driver.evaluate(code, argument)

    def run(self, victim: int | None = None, when: str | None = None) -> list[dict[str, Any]]:
        """Hash the chosen files and return every event, with the time it came."""
        told: list[dict[str, Any]] = self.evaluate(
            "([victim, when]) => window.harness.run(victim, when)", [victim, when]
        )
        return told

    def hash(self, files: Sequence[Path]) -> list[Answer]:
        """Hash these files and return each one's answer, in their order."""
        self.choose(files)
        return answers(self.run())

    def stages(self, file: Path, runs: int) -> dict[str, float]:
        """Return the milliseconds that each stage takes for this file, medians of so many runs."""
        self.choose([file])
        code = "(runs) => { const [file] = harness.chosen(); return harness.time({ file, runs }) }"
        times: dict[str, float] = self.evaluate(code, runs)
        return times


def answers(told: Sequence[dict[str, Any]]) -> list[Answer]:
    """Return the last word on each file, in the order of the files."""
    last = {event["id"]: event for event in told}
    return [_answer(last[number]) for number in sorted(last)]


def _answer(event: dict[str, Any]) -> Answer:
    signals = tuple(Signal(**signal) for signal in event.get("signals", ()))
    return Answer(event["kind"], signals, tuple(event.get("limits", ())), event.get("reason"))


@contextmanager
def served_harness(folder: Path) -> Iterator[str]:
    """Build the harness into `folder` and yield the address where it is served."""
    assert VITE.exists(), "the harness is built with Vite: run `npm ci` in web/"
    options = ["--config", str(SOURCE / "vite.config.ts"), "--outDir", str(folder)]
    command = [str(VITE), "build", str(SOURCE), *options, "--emptyOutDir"]
    built = subprocess.run(command, cwd=WEB, check=False, capture_output=True, text=True)
    assert built.returncode == 0, built.stderr
    with _served(folder) as address:
        yield address


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
