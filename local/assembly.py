"""What the CDK wrote: the stack's template and the files it refers to."""

import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.environment import ACCOUNT, REGION

Template = dict[str, Any]
"""A CloudFormation template, parsed."""

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip file can note: with one date for all, equal files make equal archives."""


@dataclass(frozen=True)
class Asset:
    """A file or folder, and the object in the cloud that the template expects it to be."""

    source: Path
    bucket: str
    key: str

    def payload(self) -> bytes:
        """Return what to upload: the file, or the folder as a zip that is made once."""
        return (_zipped(self.source) if self.source.is_dir() else self.source).read_bytes()


@dataclass(frozen=True)
class Assembly:
    """The folder that synthesis wrote, which holds one stack."""

    folder: Path

    @property
    def stack(self) -> str:
        """The stack's name."""
        return self._described().name.removesuffix(".assets.json")

    @property
    def template(self) -> Template:
        """The stack's template, parsed anew at each call."""
        parsed: Template = json.loads((self.folder / f"{self.stack}.template.json").read_text())
        return parsed

    def assets(self) -> Iterator[Asset]:
        """Everything that must be uploaded before the template can be deployed."""
        for file in json.loads(self._described().read_text())["files"].values():
            source = self.folder / file["source"]["path"]
            for destination in file["destinations"].values():
                yield Asset(source, _resolved(destination["bucketName"]), destination["objectKey"])

    def _described(self) -> Path:
        (path,) = self.folder.glob("*.assets.json")
        return path


def _resolved(name: str) -> str:
    return name.replace("${AWS::AccountId}", ACCOUNT).replace("${AWS::Region}", REGION)


def _zipped(folder: Path) -> Path:
    archive = folder.with_name(f"{folder.name}.zip")
    if not archive.exists():
        unfinished = archive.with_suffix(f".{os.getpid()}")  # another run may be doing the same
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as target:
            for path in sorted(path for path in folder.rglob("*") if path.is_file()):
                entry = zipfile.ZipInfo(str(path.relative_to(folder)), EARLIEST)
                entry.external_attr = path.stat().st_mode << 16
                target.writestr(entry, path.read_bytes(), zipfile.ZIP_DEFLATED)
        unfinished.rename(archive)
    return archive
