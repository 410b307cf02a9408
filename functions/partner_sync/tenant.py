"""What stands behind a partner's calls: the bank, or the sandbox for who is only trying it out."""

from collections.abc import Callable, Sequence
from typing import Protocol

from functions.shared import sandbox
from functions.shared.app import App
from functions.shared.bank import BankHash
from functions.shared.feed import Log
from functions.shared.partners import SANDBOX
from functions.shared.signals import Signal


class Bank(Protocol):
    """Where a partner's answers and hashes go."""

    def change(
        self,
        signals: Sequence[Signal],
        change: Callable[[Signal, BankHash | None], BankHash | None],
    ) -> set[Signal]:
        """Change hashes by what is known of them; return those that were in the bank."""


def log_of(app: App, partner: str) -> Log:
    """Return the log that this partner reads."""
    return sandbox.LOG if partner == SANDBOX else app.store.log


def bank_of(app: App, partner: str) -> Bank:
    """Return the bank that this partner writes to."""
    return sandbox.BANK if partner == SANDBOX else app.store.bank
