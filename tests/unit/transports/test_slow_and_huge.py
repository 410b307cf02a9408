"""However slowly, or however much, a receiver answers: time and memory have their bounds."""

import socket
import threading
import time
import tracemalloc
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext

import pytest

from functions.shared.errors import Undelivered
from functions.shared.notification import Notification
from functions.shared.transports.deadline import SECONDS
from functions.shared.transports.webhook import send
from tests.receivers import OK, Authority, Behave, dripping, listening, over_tls, read_request
from tests.unit.transports.conftest import TOLD, Tells

MEGABYTE = 1024 * 1024
LARGE = Notification("msg_1", "x" * 8 * MEGABYTE, "ImagePDQ")
"""More than what lies between two sockets takes, so that a slow reader is felt."""

HELLO = bytes([0x16, 3, 3, 0x3F, 0xFF, 2, 0, 0x3F, 0xFB]) + bytes(1000)
"""How an answer to a TLS handshake begins, with much to come."""


def silent(_: socket.socket, over: threading.Event) -> None:
    over.wait()


def sips(line: socket.socket, over: threading.Event) -> None:
    """Take a byte a second of what is sent."""
    while line.recv(1) and not over.wait(1):
        pass


def head_drips(line: socket.socket, over: threading.Event) -> None:
    read_request(line)
    dripping(b"HTTP/1.1 200 OK\r\n" + b"X-Slow: " + b"z" * 1000)(line, over)


def interim_drips(line: socket.socket, over: threading.Event) -> None:
    """Say again and again that the answer is coming; each time is a full line."""
    read_request(line)
    while not over.wait(0.5):
        line.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")


SLOW: dict[str, Callable[[Authority], Behave]] = {
    "never shakes hands": lambda _: silent,
    "drips its handshake": lambda _: dripping(HELLO),
    "never answers": lambda authority: over_tls(authority.serves(), silent),
    "drips its head": lambda authority: over_tls(authority.serves(), head_drips),
    "promises for ever": lambda authority: over_tls(authority.serves(), interim_drips),
    "sips the body": lambda authority: over_tls(authority.serves(), sips),
}


def test_no_attempt_takes_longer_than_fifteen_seconds(authority: Authority, tells: Tells) -> None:
    def attempt(kind: str) -> float:
        with listening(SLOW[kind](authority)) as server:
            app = tells(server)
            began = time.monotonic()
            with pytest.raises(Undelivered, match="timeout"):
                send(app, {"url": server.url}, LARGE)
            return time.monotonic() - began

    with ThreadPoolExecutor(len(SLOW)) as at_once:
        took = dict(zip(SLOW, at_once.map(attempt, SLOW), strict=True))
    assert SECONDS == 15
    assert all(14.5 < seconds < 17 for seconds in took.values()), took


def test_a_body_that_drips_is_not_waited_for(authority: Authority, tells: Tells) -> None:
    def drips(line: socket.socket, over: threading.Event) -> None:
        read_request(line)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
        dripping(bytes(1000))(line, over)

    with listening(over_tls(authority.serves(), drips)) as server:
        began = time.monotonic()
        send(tells(server), {"url": server.url}, TOLD)
        assert time.monotonic() - began < 10


def endless(first: bytes, more: bytes) -> Behave:
    def pours(line: socket.socket, _over: threading.Event) -> None:
        read_request(line)
        line.sendall(first)
        for _ in range(100):
            line.sendall(more * (MEGABYTE // len(more)))

    return pours


@pytest.mark.parametrize(
    ("first", "more", "taken"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n", b"x", True),
        (b"HTTP/1.1 200 OK\r\n", b"X-Header: " + b"y" * 1012 + b"\r\n", False),
        (b"HTTP/1.1 200 OK\r\nX-Header: ", b"y", False),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n", False),
    ],
    ids=["body", "headers", "one header", "promises"],
)
def test_a_hundred_megabytes_cost_us_nothing(
    authority: Authority, tells: Tells, first: bytes, more: bytes, taken: bool
) -> None:
    with listening(over_tls(authority.serves(), endless(first, more))) as server:
        app = tells(server)
        app.secret_values(app.env["WEBHOOK_SECRET_ARN"])
        before = tracemalloc_peak()
        with nullcontext() if taken else pytest.raises(Undelivered, match="answer too large"):
            send(app, {"url": server.url}, TOLD)
        grown = tracemalloc_peak(before)
    assert grown < 8 * MEGABYTE


def tracemalloc_peak(since: int | None = None) -> int:
    """Start to measure memory, or stop and return how far it rose."""
    if since is None:
        tracemalloc.start()
        return tracemalloc.get_traced_memory()[0]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak - since


def test_a_small_answer_is_enough(authority: Authority, tells: Tells) -> None:
    def answers(line: socket.socket, _: threading.Event) -> None:
        read_request(line)
        line.sendall(OK)

    with listening(over_tls(authority.serves(), answers)) as server:
        send(tells(server), {"url": server.url}, LARGE)
