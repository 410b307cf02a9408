"""Functions that are killed at one call to AWS after another, until one lives to its end."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Any, TypeVar

from functions.create_case.handler import create_case
from functions.shared.app import App
from functions.withdraw.finish import finish
from functions.withdraw.handler import withdraw
from tests.people import credentials, new_case
from tests.world import body_of

T = TypeVar("T")


class Killed(BaseException):
    """The function is dead. No handler of ours may take it for an error."""


@dataclass
class Death:
    """What kills at the nth call, before it is carried out or after."""

    nth: int
    after: bool
    seen: int = 0

    def around(self, operation: str, params: Any, act: Callable[[Any], Any]) -> Any:
        """Carry a call out in memory, or die of it."""
        self.before()
        answer = act(params)
        self.behind()
        return answer

    def on(self, *clients: Any) -> None:
        """Lie in wait at clients of boto3."""
        for client in clients:
            client.meta.events.register("before-call", lambda **_: self.before())
            client.meta.events.register("after-call", lambda **_: self.behind())

    def before(self) -> None:
        self.seen += 1
        if self.seen == self.nth and not self.after:
            raise Killed

    def behind(self) -> None:
        if self.seen == self.nth and self.after:
            raise Killed


@dataclass
class Person:
    """Somebody whose every request is killed and sent again, a call later each time."""

    app: Callable[[str, Death], App]
    """Makes the App of a handler, as a new copy of a function has it."""
    after: bool
    deaths: int = 0

    def creates(self, total: int, chunk: int) -> None:
        """Send a case of so many signals, chunk by chunk."""
        for first in range(0, total, chunk):
            size = min(chunk, total - first)
            request = new_case(size, first=first, total=total, offset=first)
            self._until_it_lives("create_case.handler", partial(create_case, request))

    def withdraws(self) -> None:
        """Withdraw the case until nothing remains."""
        while self._until_it_lives("withdraw.handler", self._withdraw)["remaining"]:
            continue

    def begins_to_withdraw(self, looker: App) -> None:
        """Ask for the withdrawal, die as soon as it is begun, and never come back."""
        for nth in count(1):
            with suppress(Killed):
                self._withdraw(self.app("withdraw.handler", Death(nth, self.after)))
            if list(looker.store.withdrawals.begun(" ")):
                return

    def is_finished(self) -> None:
        """Let the clock's function complete what was begun."""
        self._until_it_lives("withdraw.finish", finish)

    def _withdraw(self, app: App) -> Any:
        return body_of(withdraw(credentials(), app))

    def _until_it_lives(self, handler: str, act: Callable[[App], Any]) -> Any:
        for nth in count(1):
            try:
                answer = act(self.app(handler, Death(nth, self.after)))
            except Killed:
                self.deaths += 1
            else:
                return body_of(answer) if hasattr(answer, "body") else answer
        raise AssertionError
