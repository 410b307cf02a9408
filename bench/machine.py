"""What the figures were measured with: without it they say nothing."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from local.browser import chromium, firefox

PACKAGES = ("boto3", "aws-lambda-powertools", "pydantic", "ministack", "pdqhash")


def header() -> str:
    """Return date, machine and versions, and how busy the machine is with other things."""
    now = datetime.now(UTC)
    load, *_ = os.getloadavg()
    return "\n".join(
        (
            f"Measured {now:%Y-%m-%d %H:%M} UTC",
            f"  machine   {os.cpu_count()} cores, {platform.machine()}, {_processor()}; "
            f"load {load:.1f} before the start",
            f"  system    {platform.system()} {platform.release()}",
            f"  python    {platform.python_version()}",
            f"  browsers  {_version(chromium())}; {_version(firefox())}",
            f"  packages  {', '.join(f'{name} {version(name)}' for name in PACKAGES)}",
        )
    )


def _version(browser: Path) -> str:
    answer = subprocess.run([browser, "--version"], capture_output=True, text=True, check=True)  # noqa: S603
    return answer.stdout.strip()


def _processor() -> str:
    """Return the processor's name where the system tells it."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as facts:  # noqa: PTH123
            names = (line.partition(":")[2].strip() for line in facts if "model name" in line)
            return next(names, platform.processor())
    except FileNotFoundError:
        return platform.processor()
