"""The template, synthesized once for all wiring tests."""

import json

import pytest

from infrastructure.unbundled import template_of, unbundled
from tests.wiring.every_kind import EVERY_KIND
from tests.wiring.reading import Template


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    file = template_of(unbundled(tmp_path_factory.mktemp("stack")))
    return Template(json.loads(file.read_text())["Resources"])


@pytest.fixture(scope="session")
def channels(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Return the template as it is with a partner of each kind."""
    file = template_of(unbundled(tmp_path_factory.mktemp("channels"), EVERY_KIND))
    return Template(json.loads(file.read_text())["Resources"])
