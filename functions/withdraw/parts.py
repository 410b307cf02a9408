"""Work done part by part: what fails alone is set aside, and everything else is done."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from functions.shared.errors import TryAgain
from functions.shared.problems import problem_of
from functions.shared.store.patience import until_it_holds

T = TypeVar("T")


@dataclass(frozen=True)
class Outcome:
    """What came of some work."""

    done: int
    """What the parts that succeeded returned, added up."""
    left: int
    """Items that there was no time for."""
    faults: tuple[Exception, ...]
    """Why items were set aside, one fault each."""


def part_by_part(
    items: Sequence[T], size: int, act: Callable[[Sequence[T]], int], in_time: Callable[[], bool]
) -> Outcome:
    """Act on `size` items at a time for as long as there is time.

    A part that fails is tried again item by item, so that one item which can never be done does
    not hold up its neighbours.

    Raises:
        ClientError, HTTPClientError: AWS does not keep up, which would be so for every part.
    """
    parts = deque(items[first : first + size] for first in range(0, len(items), size))
    done, faults = 0, list[Exception]()
    while parts and in_time():
        part = parts.popleft()
        try:
            done += until_it_holds(partial(act, part))
        except Exception as error:
            if is_passing(error):
                raise
            if len(part) == 1:
                faults.append(error)
            else:
                parts.extendleft([one] for one in reversed(part))
    return Outcome(done, sum(map(len, parts)), tuple(faults))


def is_passing(error: Exception) -> bool:
    """Whether AWS said that it will do later what it did not do now.

    `TryAgain` is not of this kind: it says that rivals won every time, over this one thing.
    """
    return not isinstance(error, TryAgain) and isinstance(problem_of(error), TryAgain)
