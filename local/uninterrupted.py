"""A stretch of work that Ctrl-C waits for, because half of it done would be worse than none."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ASKING_TO_STOP = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back requests to stop; they take effect at the end.

    Not with a signal mask: that is a thread's own, and a signal which one thread has masked goes to
    another, by way of which Python would interrupt the work all the same.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # Python lets signals interrupt the main thread only
        return
    asked: list[int] = []
    before = {each: signal.signal(each, lambda n, _: asked.append(n)) for each in ASKING_TO_STOP}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)
        for number in dict.fromkeys(asked):
            signal.raise_signal(number)
