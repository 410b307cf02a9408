"""Clients for the local AWS, as the owner of its one account."""

from dataclasses import dataclass
from typing import Any

import boto3
from botocore.config import Config

from local.environment import CREDENTIALS, REGION


@dataclass(frozen=True)
class Cloud:
    """Where the local AWS answers."""

    endpoint: str

    @property
    def ready(self) -> str:
        """An address that answers once everything is loaded."""
        return f"{self.endpoint}/_ministack/ready"

    def client(self, service: str) -> Any:
        """Return a client for one service."""
        return boto3.client(
            service,  # type: ignore[call-overload]
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=CREDENTIALS["AWS_ACCESS_KEY_ID"],
            aws_secret_access_key=CREDENTIALS["AWS_SECRET_ACCESS_KEY"],
            config=Config(proxies={}, s3={"addressing_style": "path"}),
        )
