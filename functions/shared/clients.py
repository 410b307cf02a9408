"""How long AWS is given to answer, which depends on who tries again."""

from typing import Any

import boto3
from botocore.config import Config

PATIENT = Config(
    connect_timeout=2, read_timeout=5, retries={"mode": "standard", "total_max_attempts": 4}
)
"""For what is ours: nobody else tries again."""

ONE_TRY = Config(
    connect_timeout=2, read_timeout=4, retries={"mode": "standard", "total_max_attempts": 1}
)
"""For telling a partner: a failed attempt has a schedule of its own. Two calls, of which an attempt
makes no more, are over in 12 s."""


def connect(service: str, region: str | None = None, config: Config = PATIENT) -> Any:
    """Return a client."""
    return boto3.client(service, region, config=config)  # type: ignore[call-overload]
