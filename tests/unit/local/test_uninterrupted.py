"""Work that Ctrl-C waits for."""

import os
import signal

import pytest

from local.uninterrupted import uninterrupted


def test_a_request_to_stop_takes_effect_at_the_end() -> None:
    done = []

    def work() -> None:
        with uninterrupted():
            os.kill(os.getpid(), signal.SIGINT)
            done.append("all of it")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert done == ["all of it"]
