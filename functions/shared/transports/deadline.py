"""How long one attempt to tell a partner may take, whatever it is at and whatever hangs."""

import queue
import threading
import time
from collections.abc import Callable
from typing import NoReturn, TypeVar

from functions.shared.errors import Undelivered

SECONDS = 15.0
"""For one whole attempt by any transport, with all that it needs, such as a secret."""

_Result = TypeVar("_Result")


class Deadline:
    """The moment at which an attempt is over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left.

        Raises:
            Undelivered: none are.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise Undelivered("timeout")
        return left


def within(deadline: Deadline, act: Callable[[], _Result]) -> _Result:
    """Do something in a thread, for as long as there is time.

    The look-up of a name knows no limit of time, and a client of AWS has one for each address and
    each byte. What is not waited for any more may still happen.

    Raises:
        Undelivered: the time was over first.
    """
    ends: queue.SimpleQueue[Callable[[], _Result]] = queue.SimpleQueue()

    def run() -> None:
        try:
            result = act()
        except BaseException as error:
            failure = error
            ends.put(lambda: _raised(failure))
        else:
            ends.put(lambda: result)

    threading.Thread(target=run, daemon=True).start()
    try:
        end = ends.get(timeout=deadline.left())
    except queue.Empty:
        raise Undelivered("timeout") from None
    return end()


def _raised(error: BaseException) -> NoReturn:
    raise error
