"""A TLS connection on which a whole exchange has one limit of time and one of size.

The limits of sockets are for one call each: who sends a byte a second never reaches them.
"""

import io
import socket
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from http.client import HTTPException
from ipaddress import IPv4Address, IPv6Address
from typing import Any

from functions.shared.errors import Undelivered
from functions.shared.transports.deadline import Deadline
from functions.shared.transports.webhook.target import Target

Address = IPv4Address | IPv6Address

MOST_READ = 64 * 1024
"""Bytes of an answer. Only its status counts, which is in the first line."""
_MOST_SENT = 16 * 1024
"""Bytes in one call, of which each has the time that is left: one record of TLS."""
_MOST_ADDRESSES = 4


class Line:
    """The connection, as `http.client` uses it. Who opened it closes it."""

    def __init__(self, sock: ssl.SSLSocket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline

    def sendall(self, data: bytes) -> None:
        rest = memoryview(data)
        while rest:
            self._sock.settimeout(self._deadline.left())
            rest = rest[self._sock.send(rest[:_MOST_SENT]) :]

    def makefile(self, _mode: str) -> io.BufferedReader:
        return io.BufferedReader(_Answer(self._sock, self._deadline))

    def close(self) -> None:
        """Do nothing: the answer may still be read."""


class _Answer(io.RawIOBase):
    def __init__(self, sock: ssl.SSLSocket, deadline: Deadline) -> None:
        self._sock = sock
        self._deadline = deadline
        self._may_read = MOST_READ

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._may_read:
            raise Undelivered("answer too large")
        self._sock.settimeout(self._deadline.left())
        read = self._sock.recv_into(buffer, min(len(buffer), self._may_read))
        self._may_read -= read
        return read


@contextmanager
def opened(
    addresses: Sequence[Address], target: Target, deadline: Deadline, authorities: str | None
) -> Iterator[Line]:
    """Connect to one of the addresses, which proves that it is the host of that name.

    `authorities` is a file of certificates to trust; without it, those of the system.

    Raises:
        Undelivered: it did not, or what was then done on the line failed.
    """
    with _in_our_words():
        trust = _trust(authorities)
        with _connected(addresses[:_MOST_ADDRESSES], target.port, deadline) as plain:
            plain.settimeout(deadline.left())
            with trust.wrap_socket(plain, server_hostname=target.host) as sock:
                yield Line(sock, deadline)


def _connected(addresses: Sequence[Address], port: int, deadline: Deadline) -> socket.socket:
    """Try each address for its share of the time, as one may be dead and the next one not."""
    for untried in range(len(addresses), 0, -1):
        address, share = addresses[-untried], deadline.left() / untried
        sock = socket.socket(socket.AF_INET6 if address.version == 6 else socket.AF_INET)
        sock.settimeout(share)
        try:
            sock.connect((str(address), port))
        except OSError:
            sock.close()
            if untried == 1:
                raise
        else:
            return sock
    raise Undelivered("connection failed")


@cache
def _trust(authorities: str | None) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=authorities)


@contextmanager
def _in_our_words() -> Iterator[None]:
    try:
        yield
    except TimeoutError:
        raise Undelivered("timeout") from None
    except ssl.SSLCertVerificationError:
        raise Undelivered("certificate refused") from None
    except ssl.SSLError:
        raise Undelivered("tls failed") from None
    except HTTPException:
        raise Undelivered("no http answer") from None
    except OSError:
        raise Undelivered("connection failed") from None
