"""Three partners that take different types take part in every schedule."""

from collections.abc import Iterator

import pytest

from tests.register import registered
from tests.simulation.schedule import REGISTER


@pytest.fixture(scope="package", autouse=True)
def _three_partners(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with registered(tmp_path_factory.mktemp("register"), *REGISTER):
        yield
