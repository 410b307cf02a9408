"""The deployed stack, as far as the rest of this machine needs to know it."""

from dataclasses import dataclass

from local.assembly import Template
from local.distribution import Distribution


@dataclass(frozen=True)
class Stack:
    """A template that was deployed, and what it tells: its outputs, by name."""

    template: Template
    outputs: dict[str, str]

    @property
    def distribution(self) -> Distribution:
        """How CloudFront answers in front of it."""
        return Distribution.from_template(self.template)
