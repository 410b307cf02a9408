"""A person at the running system, over HTTP as their browser would."""

import secrets
from dataclasses import dataclass, field
from typing import Any

import httpx

from functions.shared.credentials import ALPHABET, check_symbol


def _new_number() -> str:
    symbols = "".join(secrets.choice(ALPHABET) for _ in range(19))
    return symbols + check_symbol(symbols)


@dataclass
class Person:
    """One case of somebody's, opened at the system of this address."""

    address: str
    number: str = field(default_factory=_new_number)
    pin: str = field(default_factory=lambda: f"{secrets.randbelow(10**8):08}")

    def report(self, *hashes: str) -> dict[str, Any]:
        """Open a case with PDQ hashes."""
        return self.report_all(
            [{"type": "ImagePDQ", "value": one, "quality": 100} for one in hashes]
        )

    def report_all(self, signals: list[dict[str, Any]]) -> dict[str, Any]:
        """Open a case with signals of any type."""
        return self._post("/cases", total=len(signals), offset=0, signals=signals)

    def states(self, company: str = "example-social") -> dict[str, int]:
        """Return how many hashes stand where with a company, without the empty states."""
        companies = self.status()["companies"]
        [states] = [one["states"] for one in companies if one["id"] == company]
        return {state: count for state, count in states.items() if count}

    def status(self) -> dict[str, Any]:
        """Follow the case."""
        return self._post("/cases/status")

    def withdraw(self) -> dict[str, Any]:
        """Withdraw the case."""
        return self._post("/cases/withdraw")

    def _post(self, path: str, **body: Any) -> dict[str, Any]:
        sent = {"number": self.number, "pin": self.pin, **body}
        answer = httpx.post(self.address + path, json=sent, timeout=30)
        answer.raise_for_status()
        return dict(answer.json())
