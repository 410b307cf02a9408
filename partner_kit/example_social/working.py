"""Work that repeats in the background until it is told to stop, slowing down while it fails."""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

LONGEST_PAUSE = 30
"""Seconds between attempts at most: the bank is back within half a minute of being back."""

log = logging.getLogger("example_social")


@dataclass(frozen=True)
class Worker:
    """A named step, to be done again and again. The step itself waits for its work."""

    name: str
    step: Callable[[], None]

    def start(self, stop: threading.Event) -> threading.Thread:
        """Run until `stop` is set.

        The thread is a daemon: it may sit in a long poll that nothing can
        interrupt, and everything it stores is stored in whole transactions, so
        leaving it there when the process ends loses nothing.
        """
        thread = threading.Thread(target=self._run, args=(stop,), name=self.name, daemon=True)
        thread.start()
        return thread

    def _run(self, stop: threading.Event) -> None:
        pauses = growing_pauses()
        while not stop.is_set():
            try:
                self.step()
            except Exception as error:  # a thread that dies would stop the platform's eyes
                pause = next(pauses)
                log.info("%s: %s; again in %d s", self.name, type(error).__name__, pause)
                stop.wait(pause)
            else:
                pauses = growing_pauses()


def growing_pauses() -> Iterator[int]:
    """1, 2, 4 ... seconds."""
    pause = 1
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_PAUSE)
