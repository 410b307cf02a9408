"""The three ports on loopback, and whether they are free."""

import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from local.refusal import Refusal

HOST = "127.0.0.1"
HIGHEST_PORT = 65535


@dataclass(frozen=True)
class Ports:
    """Where the page (with the API under it), Example Social and the local AWS answer."""

    page: int = 8400
    social: int = 8480
    cloud: int = 8490

    @classmethod
    def chosen(
        cls, environment: Mapping[str, str] = os.environ, *, kept: int | None = None
    ) -> "Ports":
        """Take the usual ports, except those that `PAGE_PORT` and its like name.

        `kept` is the port of the local AWS whose data is there already; it is then the usual one.

        Raises:
            Refusal: a variable does not hold a port number.
        """
        named = {
            field.name: _number(variable(field.name), environment[variable(field.name)])
            for field in fields(cls)
            if environment.get(variable(field.name))
        }
        usual = cls(cloud=kept) if kept else cls()
        return replace(usual, **named).distinct()

    @classmethod
    def unused(cls) -> "Ports":
        """Ports that are free at this moment, for a system beside others."""
        sockets = [socket.socket() for _ in fields(cls)]
        try:
            for each in sockets:
                each.bind((HOST, 0))
            return cls(*(each.getsockname()[1] for each in sockets))
        finally:
            for each in sockets:
                each.close()

    def distinct(self) -> "Ports":
        """Return these ports, if no two are the same.

        Raises:
            Refusal: two of them are.
        """
        if len({self.page, self.social, self.cloud}) < len(fields(self)):
            raise Refusal("PAGE_PORT, SOCIAL_PORT and CLOUD_PORT must be three different ports.")
        return self

    def require_free(self) -> None:
        """Check that all can be listened on.

        Raises:
            Refusal: one is busy; the sentence names it and says how to choose another.
        """
        for field in fields(self):
            port = getattr(self, field.name)
            if not _is_free(port):
                raise Refusal(
                    f"Port {port} is in use by another program: stop that program, or choose "
                    f"another port with `make run {variable(field.name)}=<number>`."
                )


def variable(name: str) -> str:
    """Name the environment variable that sets the port of this name."""
    return f"{name.upper()}_PORT"


def _number(name: str, text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= HIGHEST_PORT:
        raise Refusal(f"{name} must be a port number from 1 to {HIGHEST_PORT}.")
    return int(text)


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        # A port that was just closed is free, though connections to it may still be winding down.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True
