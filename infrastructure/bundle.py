"""What Lambda runs: one bundle for all functions, made by uv without Docker.

It holds functions/, the data files the functions read, and the packages of
functions/requirements.txt, each checked against its hash. botocore's data is pruned to the
services in use, and everything is compiled: without .pyc files a cold start costs twice as much.
"""

import hashlib
import shutil
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import jsii
from aws_cdk import aws_lambda as lambda_
from uv import find_uv_bin

from functions.shared.partners import REGISTER
from infrastructure.fingerprint import fingerprint
from infrastructure.partners import REGISTER_FILE

ROOT = Path(__file__).parents[1]
REQUIREMENTS = Path("functions/requirements.txt")
DATA = (
    Path("contract/sandbox.json"),
    Path("contract/signal_types.json"),
    REGISTER,
)

RUNTIME = lambda_.Runtime.PYTHON_3_14
_RUNTIME_VERSION = RUNTIME.name.removeprefix("python")

BOTOCORE_SERVICES = frozenset({"dynamodb", "kms", "secretsmanager", "sns", "sqs"})
"""The services the functions call; the data of the other 400 is 25 MB."""


@dataclass(frozen=True)
class Target:
    """Where a bundle will run: a Python version, and a platform in uv's words or this machine."""

    python: str
    platform: str | None = None


CLOUD = Target(_RUNTIME_VERSION, "aarch64-manylinux_2_28")
"""Lambda's arm64: Amazon Linux 2023 has glibc 2.34, so wheels for 2.28 run there."""


def host() -> Target:
    """Return this machine as a target: a local emulator runs the functions here."""
    return Target(f"{sys.version_info.major}.{sys.version_info.minor}")


def function_code(target: Target) -> lambda_.Code:
    """Return the bundle as CDK code. The same inputs give the same hash and are built once."""
    compiler = _interpreter(target.python)
    return lambda_.Code.from_asset(
        str(ROOT / "functions"),
        asset_hash_type=cdk.AssetHashType.CUSTOM,
        asset_hash=_hash(target, compiler),
        bundling=cdk.BundlingOptions(
            # CDK demands an image, and never looks at it when the local bundling succeeds.
            image=cdk.DockerImage.from_registry("unused"),
            local=_Bundling(target, compiler),
        ),
    )


@jsii.implements(cdk.ILocalBundling)
class _Bundling:
    def __init__(self, target: Target, compiler: str | None) -> None:
        self._target = target
        self._compiler = compiler

    def try_bundle(self, output_dir: str, *, image: cdk.DockerImage, **_options: Any) -> bool:
        bundle(Path(output_dir), self._target, self._compiler)
        return True


def bundle(out: Path, target: Target, compiler: str | None) -> None:
    """Fill `out`. Raises CalledProcessError when a package cannot be had for the target."""
    _install(out, target)
    _prune(out)
    _copy_sources(out)
    if compiler:
        _compile(out, compiler)


def _install(out: Path, target: Target) -> None:
    platform = ["--python-platform", target.platform] if target.platform else []
    _run(
        find_uv_bin(), "pip", "install", "--quiet", "--no-deps", "--require-hashes",
        "--only-binary", ":all:", "--link-mode", "copy", "--python-version", target.python,
        *platform, "--target", str(out), "--requirements", str(ROOT / REQUIREMENTS),
    )  # fmt: skip


def _prune(out: Path) -> None:
    for entry in (out / "botocore" / "data").iterdir():
        if entry.is_dir() and entry.name not in BOTOCORE_SERVICES:
            shutil.rmtree(entry)
    shutil.rmtree(out / "bin", ignore_errors=True)
    (out / ".lock").unlink(missing_ok=True)


def _copy_sources(out: Path) -> None:
    for file in _sources():
        (out / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(_origin(file), out / file)


def _origin(file: Path) -> Path:
    """Say where a file comes from: the register may be another than ours, in a test."""
    return REGISTER_FILE if file == REGISTER else ROOT / file


def _compile(out: Path, compiler: str) -> None:
    # Unchecked: Lambda's clock and file times say nothing about a zip that never changes.
    _run(
        compiler, "-m", "compileall", "-q", "-j", "0", "--invalidation-mode", "unchecked-hash",
        "-s", str(out), "-p", "/var/task", str(out),
    )  # fmt: skip


def warn_if_uncompiled(stack: cdk.Stack, target: Target) -> None:
    """Tell whoever synthesizes that the bundle will start slowly, and what to do about it."""
    if _interpreter(target.python) is None:
        cdk.Annotations.of(stack).add_warning_v2("NotYours:uncompiled", _UNCOMPILED.format(target))


_UNCOMPILED = (
    "Python {0.python} is not on this machine, so the bundle holds no bytecode and cold starts "
    "take twice as long. Get it with `uv python install {0.python}`."
)


@cache
def _interpreter(version: str) -> str | None:
    """Find a Python of that version on this machine: bytecode of another one is useless."""
    found = subprocess.run(  # noqa: S603
        [find_uv_bin(), "python", "find", "--no-project", "--no-python-downloads", version],
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.strip() or None


def _hash(target: Target, compiler: str | None) -> str:
    recipe = Path(__file__).relative_to(ROOT)
    register = hashlib.sha256(REGISTER_FILE.read_bytes()).hexdigest()
    settings = f"{target} {'compiled' if compiler else 'as source'} {register}"
    return fingerprint(ROOT, [*_sources(), REQUIREMENTS, recipe], settings)


def _sources() -> list[Path]:
    python = (file.relative_to(ROOT) for file in (ROOT / "functions").rglob("*.py"))
    return [*python, *DATA]


def _run(*command: str) -> None:
    subprocess.run(command, check=True)  # noqa: S603
