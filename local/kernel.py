"""Builds the page's kernel from `web/kernel`; with `--check` it only compares.

The compiler is the locked `ziglang`, a whole clang of its own: the same source gives the same bytes
on every machine. So the built kernel stands in the tree, and nobody has to take it on trust.
"""

import argparse
import subprocess
import sys
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

from local.children import ROOT

SOURCES = ROOT / "web" / "kernel"
BUILT = ROOT / "web" / "src" / "hash" / "pdq" / "kernel.wasm"

FLAGS = (
    "--target=wasm32-freestanding",
    "-mcpu=mvp+simd128+bulk_memory",
    "-nostdlib",
    "-O3",
    # A product and a sum must not melt into one: each is rounded by itself in the reference.
    "-ffp-contract=off",
    "-Wall",
    "-Wextra",
    "-Werror",
    "-Wl,--no-entry",
    "-Wl,--strip-all",
)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m local.kernel", description=__doc__)
    parser.add_argument("--check", action="store_true", help="say whether it is current")
    if not parser.parse_args().check:
        build(BUILT)
    elif not is_current():
        sys.exit(f"{BUILT.relative_to(ROOT)} is not what its source gives: python -m local.kernel")


def is_current() -> bool:
    with TemporaryDirectory() as folder:
        fresh = Path(folder, BUILT.name)
        build(fresh)
        return _digest(fresh) == _digest(BUILT)


def build(target: Path) -> None:
    """Compile every source into one module.

    Raises: CalledProcessError after the compiler has said what is wrong.
    """
    # Names relative to the sources' folder: no machine's paths get into the module.
    names = sorted(path.name for path in SOURCES.glob("*.c"))
    compiler = (sys.executable, "-m", "ziglang", "cc")
    subprocess.run((*compiler, *FLAGS, *names, "-o", target), cwd=SOURCES, check=True)


def _digest(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
