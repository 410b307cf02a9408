"""What a partner is told, as every way of telling hands it over."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Notification:
    """One notification. `body` is what the partner reads, to the byte the same at every attempt."""

    id: str
    """The same whenever the same thing is told again."""
    body: str
    signal_type: str
