"""Work that Ctrl-C waits for."""

import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from local.uninterrupted import uninterrupted


@pytest.fixture(autouse=True)
def _usual_answer_to_ctrl_c() -> Iterator[None]:
    """Let Ctrl-C raise KeyboardInterrupt, whatever another test has made of it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def from_another_thread() -> Iterator[Callable[[], None]]:
    """Ask to stop by way of a thread that was there before, as a library's may be."""
    with ThreadPoolExecutor(1) as other:
        other.submit(threading.get_ident).result()  # from now on it is there
        yield lambda: other.submit(from_here).result()


def from_here() -> None:
    signal.raise_signal(signal.SIGINT)


def do_all_of_it(done: list[str], ask: Callable[[], None]) -> None:
    with uninterrupted():
        with uninterrupted():
            ask()
            done.append("a part that must be whole")
        done.append("what it is a part of")


@pytest.mark.parametrize("who", ["this thread", "another thread"])
def test_a_request_to_stop_takes_effect_at_the_end(
    who: str, from_another_thread: Callable[[], None]
) -> None:
    done: list[str] = []

    with pytest.raises(KeyboardInterrupt):
        do_all_of_it(done, from_here if who == "this thread" else from_another_thread)

    assert done == ["a part that must be whole", "what it is a part of"]


def test_afterwards_requests_are_answered_as_before() -> None:
    with uninterrupted():
        pass

    with pytest.raises(KeyboardInterrupt):
        from_here()


def test_a_thread_may_do_such_work_too() -> None:
    done: list[str] = []

    with ThreadPoolExecutor(1) as other:
        other.submit(do_all_of_it, done, lambda: None).result()

    assert len(done) == 2
