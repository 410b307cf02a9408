"""Processor time of the processes in which the local AWS runs a function. Linux only."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from local.cloud import Cloud

_TICKS = os.sysconf("SC_CLK_TCK")
_NAME = "AWS_LAMBDA_FUNCTION_NAME"


def function_of(cloud: Cloud, service: str) -> str:
    """Return the full name of the one function of a service, as in `FetchHashes`."""
    pages = cloud.client("lambda").get_paginator("list_functions").paginate()
    names = [each["FunctionName"] for page in pages for each in page["Functions"]]
    [found] = (name for name in names if service in name)
    return str(found)


def seconds(function: str) -> float:
    """Return what the processes of a function have spent up to now, user and system."""
    return sum(map(_seconds, _processes(function)))


def _processes(function: str) -> Iterator[Path]:
    said = f"\0{_NAME}={function}\0".encode()
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):  # another user's, or it has ended
            if said in b"\0" + (process / "environ").read_bytes():
                yield process


def _seconds(process: Path) -> float:
    # The name in brackets may hold anything; utime and stime are the 12th and 13th after it.
    fields = (process / "stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS
