"""The CDK app turned into a template for this machine, and kept until what it reads changes."""

import hashlib
import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from local.assembly import Assembly
from local.cache import kept
from local.children import ROOT
from local.environment import clean
from local.errand import errand
from local.partners import REGISTER

CACHE = ROOT / ".local" / "synthesis"
SOURCES = ("cdk.json", "contract", "functions", "infrastructure", "requirements.txt", "web/dist")
"""All that synthesis reads, files and folders."""
CONTEXT = {"platform": "host"}
"""Functions are bundled for the interpreter that runs this, not for Lambda's processor."""


@contextmanager
def assembled(environment: Mapping[str, str] | None = None) -> Iterator[Assembly]:
    """Give the assembly of the present sources, which stays there until the block ends.

    `environment` is told to the app as well: it may name another register of partners.

    Raises:
        Refusal: the CDK app failed.
    """
    told = environment or {}
    with kept(CACHE, _digest(told), partial(_synthesize, told)) as folder:
        yield Assembly(folder)


def _synthesize(told: Mapping[str, str], output: Path) -> None:
    print("Making the stack's template.", file=sys.stderr)
    errand(
        "infrastructure.app",
        environment={**clean(), **told, **_instructions(output)},
        failing="The stack in infrastructure/ does not synthesize",
    )


def _instructions(output: Path) -> dict[str, str]:
    """Say what the `cdk` command would tell the app through its environment."""
    return {
        "CDK_OUTDIR": str(output),
        "CDK_CONTEXT_JSON": json.dumps(CONTEXT),
        # `make check` validates; here it would cost more than the synthesis itself.
        "CDK_VALIDATION": "false",
    }


def _digest(told: Mapping[str, str]) -> str:
    digest = hashlib.sha256(f"{sys.version} {sys.executable} {sorted(told.items())}".encode())
    if register := told.get(REGISTER):
        digest.update(Path(register).read_bytes())
    for path in _sources():
        digest.update(f"{path.relative_to(ROOT)}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    for name in SOURCES:
        path = ROOT / name
        if path.is_file():
            yield path
        else:
            yield from sorted(filter(_source, path.rglob("*")))


def _source(path: Path) -> bool:
    """Whether a file is ours: neither made by Python nor installed for `make deploy`."""
    return path.is_file() and path.suffix != ".pyc" and "node_modules" not in path.parts
