"""What one proxy needs to know, handed over as a file."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from local.distribution import Distribution


@dataclass(frozen=True)
class ProxyPlan:
    """Where to listen, what is behind, and how to behave."""

    port: int
    cloud: str
    """Address of the local AWS."""
    bucket: str
    """The bucket that holds the page."""
    api_host: str
    """The `Host` by which the local AWS knows the HTTP API."""
    distribution: Distribution

    def write(self, path: Path) -> None:
        """Hand this over to the process that will run it."""
        path.write_text(json.dumps(asdict(self)))

    @classmethod
    def read(cls, path: Path) -> "ProxyPlan":
        """Read what `write` wrote."""
        content = json.loads(path.read_text())
        return cls(**{**content, "distribution": Distribution.from_data(content["distribution"])})
