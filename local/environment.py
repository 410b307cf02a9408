"""What a child process sees of this machine: no cloud account, no stray Python path.

It does see the machine's HTTP proxy, without which packages may be out of reach, and is told never
to use it for this machine: partners' keys would travel through it.
"""

import os
from collections.abc import Mapping

REGION = "eu-north-1"
ACCOUNT = "000000000000"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}
"""What the local AWS takes for the account's owner, whom no role binds."""

FOREIGN = ("AWS_", "CDK_", "MINISTACK_", "LOCALSTACK_", "POWERTOOLS_", "PYTHON")
"""Prefixes of variables through which the developer's own machine would leak into the system."""

NO_PROXY = ("no_proxy", "NO_PROXY")
"""Libraries differ in which of the two they read first."""
HERE = "127.0.0.1,localhost"


def clean(inherited: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the inherited environment without anything that could point to a real account."""
    kept = {name: value for name, value in inherited.items() if not name.startswith(FOREIGN)}
    direct = ",".join({HERE: None, **{kept[name]: None for name in NO_PROXY if kept.get(name)}})
    return kept | dict.fromkeys(NO_PROXY, direct)


def as_owner(endpoint: str) -> dict[str, str]:
    """Return a clean environment in which AWS clients are the local account's owner."""
    return {
        **clean(),
        **CREDENTIALS,
        "AWS_ENDPOINT_URL": endpoint,
        "AWS_REGION": REGION,
        "AWS_DEFAULT_REGION": REGION,
        # Without these, a configuration file or a metadata service may be asked for credentials.
        "AWS_EC2_METADATA_DISABLED": "true",
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
    }
