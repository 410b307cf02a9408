"""The Firefox that people have, for tests: driven through a Node process, a line for a line."""

import json
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any

from local.browser import firefox

WEB = Path(__file__).parents[1] / "web"
DRIVER = WEB / "test" / "hash" / "harness" / "drive.ts"
NODE = ("node", "--input-type=module", "--eval")
START = "import {{ runnerImport }} from 'vite'; await runnerImport({}, {{ configFile: false }})"
"""Vite reads TypeScript on every Node that the page is built with."""

LONGEST = 180.0
"""Seconds for one answer: some ten times what the slowest test needs."""
FAREWELL = 20.0

ALONE = {
    "network.proxy.type": 1,
    "network.proxy.http": "127.0.0.1",
    "network.proxy.http_port": 9,
    "network.proxy.ssl": "127.0.0.1",
    "network.proxy.ssl_port": 9,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
}
"""No call home gets through: whatever is not on this machine goes to a port where nobody is."""


class Firefox:
    """One open page, driven as `tests.chromium.Tab` drives its own."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process
        self._told: Queue[str] = Queue()
        assert process.stdout
        Thread(target=self._listen, args=(process.stdout,), daemon=True).start()

    def open(self, address: str) -> None:
        self._ask({"do": "open", "address": address})

    def choose(self, files: Sequence[Path]) -> None:
        """Put these files into the page's input, in place of those before."""
        self._ask({"do": "choose", "files": [str(file) for file in files]})

    def evaluate(self, code: str, argument: object = None) -> Any:
        """Call a JavaScript function and return what its promise brings."""
        return self._ask({"do": "evaluate", "code": code, "argument": argument})

    def _ask(self, request: Mapping[str, object]) -> Any:
        assert self._process.stdin
        with suppress(BrokenPipeError):  # what is read then tells it
            self._process.stdin.write(json.dumps(request) + "\n")
            self._process.stdin.flush()
        try:
            line = self._told.get(timeout=LONGEST)
        except Empty:
            raise TimeoutError(f"Firefox did not answer {request} in {LONGEST:.0f} s") from None
        assert line, f"the driver of Firefox ended at {request}; its last words are above"
        answer = json.loads(line)
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def _listen(self, lines: IO[str]) -> None:
        for line in lines:
            self._told.put(line)
        self._told.put("")


@contextmanager
def launched(preferences: Mapping[str, object] | None = None) -> Iterator[Firefox]:
    """Start Firefox with a new profile and close it again."""
    settings = {"executable": str(firefox()), "preferences": {**ALONE, **(preferences or {})}}
    command = [*NODE, START.format(json.dumps(str(DRIVER))), json.dumps(settings)]
    with subprocess.Popen(
        command, cwd=WEB, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            yield Firefox(process)
        finally:
            _end(process)


def _end(process: "subprocess.Popen[str]") -> None:
    """End its input, which closes the browser; a browser that hangs is ended with its driver."""
    assert process.stdin
    with suppress(BrokenPipeError):
        process.stdin.close()
    try:
        process.wait(FAREWELL)
    except subprocess.TimeoutExpired:
        process.terminate()
