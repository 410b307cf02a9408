"""The CDK app turned into a template for this machine, and kept until what it reads changes."""

import hashlib
import json
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from local.assembly import Assembly
from local.children import ROOT
from local.environment import clean
from local.errand import errand

CACHE = ROOT / ".local" / "synthesis"
SOURCES = ("cdk.json", "contract", "functions", "infrastructure", "requirements.txt", "web/dist")
"""All that synthesis reads, files and folders."""
CONTEXT = {"platform": "host"}
"""Functions are bundled for the interpreter that runs this, not for Lambda's processor."""


def assembly() -> Assembly:
    """Return the assembly of the present sources.

    Raises:
        Refusal: the CDK app failed.
    """
    wanted = CACHE / _digest()
    if not wanted.exists():
        shutil.rmtree(CACHE, ignore_errors=True)
        _synthesize(wanted)
    return Assembly(wanted)


def _synthesize(target: Path) -> None:
    print("Making the stack's template.", file=sys.stderr)
    target.parent.mkdir(parents=True)
    # Made elsewhere and renamed, so that a half-written assembly is never taken for a whole one.
    with tempfile.TemporaryDirectory(dir=target.parent.parent) as scratch:
        output = Path(scratch) / "assembly"
        errand(
            "infrastructure.app",
            environment={**clean(), **_instructions(output)},
            failing="The stack in infrastructure/ does not synthesize",
        )
        output.rename(target)


def _instructions(output: Path) -> dict[str, str]:
    """Say what the `cdk` command would tell the app through its environment."""
    return {
        "CDK_OUTDIR": str(output),
        "CDK_CONTEXT_JSON": json.dumps(CONTEXT),
        # `make check` validates; here it would cost more than the synthesis itself.
        "CDK_VALIDATION": "false",
    }


def _digest() -> str:
    digest = hashlib.sha256(f"{sys.version} {sys.executable}".encode())
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
            yield from sorted(p for p in path.rglob("*") if p.is_file() and p.suffix != ".pyc")
