"""Receivers of webhooks on this machine, which no deployed function would send anything to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from local.assembly import Template


@dataclass(frozen=True)
class Receivers:
    """What the functions of a local run may also send webhooks to."""

    reachable: Sequence[str] = ()
    """Address and port, as in `127.0.0.1:8443`."""
    authorities: Path | None = None
    """The certificates by which these are known, in PEM; None for those of the machine."""

    @property
    def reaching(self) -> Mapping[str, str]:
        """What tells a process where they are."""
        return {"WEBHOOK_ALSO_REACHABLE": ",".join(self.reachable)} if self.reachable else {}

    @property
    def believing(self) -> Mapping[str, str]:
        """What tells a process whom to believe; one that downloads something must not hear it."""
        return {"SSL_CERT_FILE": str(self.authorities)} if self.authorities else {}

    def known_to(self, template: Template) -> Template:
        """Tell the functions that deliver, and only those."""
        for resource in template["Resources"].values():
            told = _environment(resource)
            if "WEBHOOK_SECRET_ARN" in told:
                told.update({**self.reaching, **self.believing})
        return template


def _environment(resource: dict[str, dict[str, dict[str, dict[str, str]]]]) -> dict[str, str]:
    properties = resource.get("Properties", {})
    return properties.get("Environment", {}).get("Variables", {})
