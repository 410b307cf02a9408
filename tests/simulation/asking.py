"""How somebody outside asks a function for something, and what they are told."""

from collections.abc import Callable
from dataclasses import dataclass, is_dataclass
from typing import Any

from functions.shared.errors import Problem, TryAgain
from functions.shared.problems import problem_of
from tests.simulation.broken import Broken
from tests.simulation.stage import Killed, pause
from tests.world import body_of

MOST_TRIES = 200


@dataclass(frozen=True)
class Done:
    """What a function that is no handler returned, as an answer."""

    said: Any

    @property
    def body(self) -> Any:
        """What it said."""
        return vars(self.said) if is_dataclass(self.said) else self.said


def ask(call: Callable[[], Any]) -> Any:
    """Return the body of an answer, or nothing if there is none or it is to try again.

    Raises:
        Problem: the function refuses.
        Broken: it fails in a way that it does not know.
    """
    try:
        return body_of(call())
    except (Killed, TryAgain):
        return None
    except Broken:
        raise
    except Problem:
        raise
    except Exception as error:
        problem = problem_of(error)
        if isinstance(problem, TryAgain):
            return None
        raise


def insist(call: Callable[[], Any], enough: Callable[[Any], bool] = lambda told: True) -> Any:
    """Ask until there is an answer that is enough.

    Raises:
        Problem: the function refuses.
        Broken: there never is one.
    """
    for _ in range(MOST_TRIES):
        told = ask(call)
        if told is not None and enough(told):
            return told
        pause()
    raise Broken("P8", "asking again does not help")
