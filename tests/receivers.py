"""Servers that a webhook may meet: with TLS of a throwaway authority, on this machine, and odd."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import trustme

LOCALHOST = "127.0.0.1"
HOST = "partner.example"
OK = b"HTTP/1.1 204 No Content\r\n\r\n"

Behave = Callable[[socket.socket, threading.Event], None]
"""What a server does with a connection; the event says that the test is over."""


@dataclass(frozen=True)
class Authority:
    """Issues certificates that only who is given `file` believes."""

    file: Path
    ca: trustme.CA

    @classmethod
    def in_folder(cls, folder: Path) -> "Authority":
        """Return a new authority, its certificate in a file of this folder."""
        made = cls(folder / "authority.pem", trustme.CA())
        made.ca.cert_pem.write_to_path(str(made.file))
        return made

    def serves(self, host: str = HOST, not_after: datetime | None = None) -> ssl.SSLContext:
        """Return what a server needs to prove that it is `host`."""
        before = datetime(2020, 1, 1, tzinfo=UTC)
        certificate = self.ca.issue_cert(host, not_before=before, not_after=not_after)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        return context

    def certificate(self, host: str = HOST) -> Path:
        """Return a file with what proves that a server is `host`, and the key of it."""
        file = self.file.with_name(f"{host}.pem")
        self.ca.issue_cert(host).private_key_and_cert_chain_pem.write_to_path(str(file))
        return file


@dataclass
class Server:
    """A server that listens. `connections` counts whoever came; `requests` has what was sent."""

    port: int
    connections: int = 0
    requests: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Its address by name."""
        return f"https://{HOST}:{self.port}/notyours?of=partner"


@contextmanager
def listening(behave: Behave, address: str = LOCALHOST, port: int = 0) -> Iterator[Server]:
    """Run a server that does the same with each connection, until the block ends."""
    over = threading.Event()
    with socket.create_server((address, port)) as listener:
        server = Server(listener.getsockname()[1])
        threads: list[threading.Thread] = []

        def meet(connection: socket.socket) -> None:
            with connection, suppress(OSError):
                behave(connection, over)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = listener.accept()
                    server.connections += 1
                    threads.append(threading.Thread(target=meet, args=[connection]))
                    threads[-1].start()

        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield server
        finally:
            over.set()
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for thread in threads:
                thread.join()


def over_tls(context: ssl.SSLContext, behave: Behave) -> Behave:
    """Return a behaviour that shakes hands first."""

    def secured(connection: socket.socket, over: threading.Event) -> None:
        with context.wrap_socket(connection, server_side=True) as line:
            behave(line, over)

    return secured


@contextmanager
def receiver(context: ssl.SSLContext, answer: bytes = OK, **where: str | int) -> Iterator[Server]:
    """Run a proper receiver, which reads a whole request and then gives this answer."""
    received: list[tuple[str, dict[str, str], str]] = []

    def behave(line: socket.socket, _: threading.Event) -> None:
        received.append(read_request(line))
        line.sendall(answer)

    with listening(over_tls(context, behave), **where) as server:  # type: ignore[arg-type]
        server.requests = received
        yield server


def read_request(line: socket.socket) -> tuple[str, dict[str, str], str]:
    """Return the first line, the headers by name in small letters, and the body."""
    with line.makefile("rb") as stream:
        first = stream.readline().decode().strip()
        headers: dict[str, str] = {}
        while text := stream.readline().decode().strip():
            name, _, value = text.partition(": ")
            headers[name.lower()] = value
        return first, headers, stream.read(int(headers.get("content-length", 0))).decode()


def dripping(data: bytes, seconds: float = 1.0) -> Behave:
    """Return a behaviour that reads nothing and sends a byte a second."""

    def behave(line: socket.socket, over: threading.Event) -> None:
        for place in range(len(data)):
            line.sendall(data[place : place + 1])
            if over.wait(seconds):
                return

    return behave
