"""The folder in which one system keeps everything: its data, its keys and its logs."""

import contextlib
import fcntl
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from local.refusal import Refusal

PRIVATE = 0o700


@dataclass(frozen=True)
class Folder:
    """Paths below one system's folder."""

    root: Path

    @property
    def aws(self) -> Path:
        """What the local AWS keeps between runs."""
        return self.root / "aws"

    @property
    def keys(self) -> Path:
        """The partners' keys; nowhere else are they stored in the clear."""
        return self.root / "keys"

    @property
    def social(self) -> Path:
        """What Example Social keeps."""
        return self.root / "social"

    @property
    def temporary(self) -> Path:
        """Unpacked functions, of which the local AWS leaves some behind."""
        return self.root / "tmp"

    @property
    def cloud_port(self) -> int | None:
        """The port of the local AWS whose data is kept here; None if there is none."""
        noted = self._cloud_port.read_text().strip() if self._cloud_port.exists() else ""
        return int(noted) if noted.isdecimal() else None

    def remember(self, cloud_port: int) -> None:
        """Keep the port of the local AWS with its data.

        It keeps queues by their address, of which the port is a part: on another port nobody would
        take from them again, and nothing would say so.

        Raises:
            Refusal: what is kept here is of another port.
        """
        kept = self.cloud_port
        if kept not in (None, cloud_port):
            raise Refusal(
                f"What is kept here is of a local AWS on port {kept} and does not work on port "
                f"{cloud_port}: use `make run CLOUD_PORT={kept}`, or forget it with `make reset`."
            )
        self._cloud_port.write_text(f"{cloud_port}\n")

    @property
    def _cloud_port(self) -> Path:
        return self.root / "cloud-port"

    def log(self, name: str) -> Path:
        """Where the process of this name prints to."""
        return self.root / "logs" / f"{name}.log"

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the folder for one system at a time, with its temporary part empty.

        Raises:
            Refusal: another system is using it.
        """
        self.root.mkdir(parents=True, exist_ok=True, mode=PRIVATE)
        with (self.root / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Refusal(
                    "NotYours is already running here: stop it with Ctrl-C where it was started."
                ) from None
            # After a crash there is something to remove before; after a good end, nothing stays.
            shutil.rmtree(self.temporary, ignore_errors=True)
            self.temporary.mkdir()
            try:
                yield
            finally:
                shutil.rmtree(self.temporary, ignore_errors=True)

    def forget(self) -> None:
        """Remove everything that a system kept here.

        Raises:
            Refusal: it is running.
        """
        with self.held():
            shutil.rmtree(self.root)
