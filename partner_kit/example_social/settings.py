"""What the platform is told from outside: environment variables, read once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "EXAMPLE_SOCIAL_"
DEFAULT_PORT = "8480"
REQUIRED = ("API_URL", "SUBSCRIPTION_KEY", "FETCH_KEY", "FEEDBACK_KEY", "QUEUE_URL", "STATE")


class SettingsError(Exception):
    """The environment does not say what is needed. The message names variables, never values."""


@dataclass(frozen=True)
class Settings:
    """Where the bank and the queue are, and who we are to them. Keys stay out of `repr`."""

    api_url: str
    subscription_key: str = field(repr=False)
    fetch_key: str = field(repr=False)
    feedback_key: str = field(repr=False)
    queue_url: str
    state: Path
    port: int


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read the settings, or say in one sentence everything that is wrong.

    Raises:
        SettingsError: a variable is missing or cannot be what it is.
    """
    given = {name: environment.get(PREFIX + name, "").strip() for name in REQUIRED}
    missing = [PREFIX + name for name, value in given.items() if not value]
    if missing:
        raise SettingsError(f"Set {', '.join(missing)}: see partner_kit/example_social/README.md.")
    return Settings(
        api_url=_web_address("API_URL", given["API_URL"]),
        subscription_key=given["SUBSCRIPTION_KEY"],
        fetch_key=given["FETCH_KEY"],
        feedback_key=given["FEEDBACK_KEY"],
        queue_url=_web_address("QUEUE_URL", given["QUEUE_URL"]),
        state=Path(given["STATE"]),
        port=_port(environment.get(PREFIX + "PORT", DEFAULT_PORT)),
    )


def _web_address(name: str, value: str) -> str:
    if urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).netloc:
        raise SettingsError(f"{PREFIX}{name} must be a web address, like https://example.org/v1.")
    return value.rstrip("/")


def _port(value: str) -> int:
    if not (value.isascii() and value.isdigit() and int(value) <= 65_535):
        raise SettingsError(f"{PREFIX}PORT must be a number from 0 to 65535 (0: any free port).")
    return int(value)
