"""One hash for a set of files: equal files at equal places give an equal hash, on any machine."""

import hashlib
from collections.abc import Iterable
from pathlib import Path


def fingerprint(root: Path, files: Iterable[Path], settings: str = "") -> str:
    """SHA-256 of `settings` and of each file's path below `root` and content, in hex."""
    digest = hashlib.sha256(settings.encode())
    for file in sorted(files):
        content = hashlib.sha256((root / file).read_bytes())
        digest.update(f"\n{file.as_posix()} {content.hexdigest()}".encode())
    return digest.hexdigest()
