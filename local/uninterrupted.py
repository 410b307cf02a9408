"""A stretch of work that Ctrl-C waits for, because half of it done would be worse than none."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

ASKING_TO_STOP = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Hold back requests to stop; they take effect at the end."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ASKING_TO_STOP)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
