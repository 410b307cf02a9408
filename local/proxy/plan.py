"""What one proxy needs to know, handed over as a file."""

import json
from dataclasses import dataclass
from pathlib import Path

from local.distribution import Distribution


@dataclass(frozen=True)
class ProxyPlan:
    """Where to listen, where the page's files are, where the API is, and how to behave."""

    port: int
    page: Path
    api: str
    """Address of the local AWS."""
    api_host: str
    """The `Host` by which the local AWS knows the HTTP API."""
    distribution: Distribution

    def write(self, path: Path) -> None:
        """Hand this over to the process that will run it."""
        content = {
            "port": self.port,
            "page": str(self.page),
            "api": self.api,
            "api_host": self.api_host,
            "distribution": self.distribution.to_data(),
        }
        path.write_text(json.dumps(content))

    @classmethod
    def read(cls, path: Path) -> "ProxyPlan":
        """Read what `write` wrote."""
        content = json.loads(path.read_text())
        return cls(
            content["port"],
            Path(content["page"]),
            content["api"],
            content["api_host"],
            Distribution.from_data(content["distribution"]),
        )
