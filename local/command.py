"""The commands `run`, `reset` and `browser`, and what a person at a terminal reads."""

import argparse
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep
from types import FrameType

from local.browser import chromium, firefox
from local.children import ROOT
from local.folder import Folder
from local.ports import Ports
from local.refusal import Refusal
from local.system import EXAMPLE, Plan, System, running

FOLDER = ROOT / ".local" / "system"
WATCH = 0.5
"""Seconds between two looks at whether every process is still there."""


def main() -> int:
    """Carry out one command. Returns the exit code."""
    commands: dict[str, Callable[[Folder], None]] = {
        "run": run,
        "reset": reset,
        "browser": lambda _: print(chromium(), firefox(), sep="\n"),
    }
    parser = argparse.ArgumentParser(prog="python -m local", description=__doc__)
    parser.add_argument("command", choices=commands)
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the system keeps all")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        commands[given.command](Folder(given.folder))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 0
    return 0


def reset(folder: Folder) -> None:
    """Forget everything that a system kept.

    Raises:
        Refusal: it is running.
    """
    folder.forget()
    print("Forgotten: the cases, the bank and the example platform's posts of this machine.")


def run(folder: Folder) -> None:
    """Run the system until Ctrl-C.

    Raises:
        Refusal: it could not start, or a part of it stopped by itself.
    """
    print("Starting NotYours on this machine.", flush=True)
    began = monotonic()
    with running(Plan(folder, Ports.chosen(kept=folder.cloud_port))) as system:
        try:
            announce(system, monotonic() - began)
            while True:
                for child in system.children:
                    child.require_alive()
                sleep(WATCH)
        finally:
            print("\nStopping. Your data is kept: `make run` goes on with it.")


def announce(system: System, took: float) -> None:
    """Say where everything is, and in how many seconds it started."""
    social = system.social or f"does not run: infrastructure/partners.json has no {EXAMPLE}"
    print(
        f"""Started in {took:.1f} s.

  Page              {system.page}
  Example Social    {social}
  API description   {system.page}/openapi.json

Ctrl-C stops everything and keeps the data; `make reset` forgets it.""",
        flush=True,
    )


def _interrupt(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
