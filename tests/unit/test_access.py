"""Who is asking."""

from dataclasses import dataclass, field, replace

import pytest

from functions.create_case.handler import create_case
from functions.shared.access import owner_of
from functions.shared.credentials import Kdf
from functions.shared.errors import UnknownCase
from tests.people import NUMBER, OTHER_NUMBER, PIN, new_case
from tests.world import CHEAP, AppFor


@dataclass(frozen=True)
class Meter(Kdf):
    """The cheap cost of the tests, which also notes what it was paid for."""

    memory_kib: int = CHEAP.memory_kib
    passes: int = CHEAP.passes
    paid: list[str] = field(default_factory=list)

    def stretch(self, number: str, pin: str, salt: bytes) -> bytes:
        self.paid.append(self.tag)
        return super().stretch(number, pin, salt)


def test_the_owner_of_a_case_is_let_in(app_for: AppFor) -> None:
    create_case(new_case(), app_for("create_case.handler"))

    assert owner_of(app_for("status.handler"), NUMBER, PIN).case.total == 1


@pytest.mark.parametrize("pin", [PIN, "", "no PIN at all"])
def test_an_unknown_number_is_stretched_once_at_the_cost_of_today(
    app_for: AppFor, pin: str
) -> None:
    meter = Meter()
    app = replace(app_for("status.handler"), kdf=meter)
    with pytest.raises(UnknownCase):
        owner_of(app, OTHER_NUMBER, pin)

    assert meter.paid == [CHEAP.tag]
