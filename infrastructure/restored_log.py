"""Lets a restored log go on where no partner has read yet.

A partner asks for what was logged since the time that it has read up to. The log that was lost may
have come further than the clock, and what comes next must not be earlier than that.
"""

from functions.shared.app import App
from functions.shared.log import Segment

_NOT_THE_FIRST = 2
"""The version that the segment names: a first one would be noted as the first mention of a hash."""


def go_on_from(app: App, log_time: int) -> None:
    """Let all that is logged from now on have this time at least, in seconds since 1970.

    The segment that is appended names a hash that does not exist. Readers pass over it, as over any
    that was erased.
    """
    tail = app.store.log.tail()
    if tail.ts < log_time:
        nobody = ((app.new_id(), _NOT_THE_FIRST),)
        app.store.log.append(Segment(tail.number + 1, log_time, len(nobody), nobody))
