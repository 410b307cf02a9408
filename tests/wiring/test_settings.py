"""What an operator may set reaches the functions that need it, and nonsense reaches nobody."""

import json
from pathlib import Path

import pytest
from constructs import Node

from infrastructure.routes import ROUTES
from infrastructure.settings import disputed_after
from infrastructure.unbundled import template_of, unbundled
from tests.wiring.reading import Template


class Context(dict[str, object]):
    """The part of a construct's node that knows the context."""

    try_get_context = dict.get


def told(template: Template) -> dict[str, str]:
    """Return what each route's function is told of disputes, if anything."""
    functions = {
        route.endpoint or route.path: template.function_for(f"functions.{route.handler}.handler")
        for route in ROUTES
    }
    env = {name: found[1]["Environment"]["Variables"] for name, found in functions.items()}
    return {name: each["DISPUTED_AFTER"] for name, each in env.items() if "DISPUTED_AFTER" in each}


def test_three_partners_make_a_dispute_unless_the_operator_says_otherwise(
    template: Template,
) -> None:
    assert told(template) == dict.fromkeys(("SubmitHashes", "SubmitFeedback"), "3")


def test_what_the_operator_says_reaches_the_functions(tmp_path: Path) -> None:
    file = template_of(unbundled(tmp_path, disputed_after="5"))
    assert set(told(Template(json.loads(file.read_text())["Resources"])).values()) == {"5"}


@pytest.mark.parametrize("given", [2, "7", 4.0])
def test_a_whole_number_from_two_is_taken(given: object) -> None:
    assert disputed_after(node(given)) == int(float(str(given)))


@pytest.mark.parametrize("given", [1, "1", 0, -3, 2.5, "many", "", True, "٣", [3]])
def test_anything_else_is_refused(given: object) -> None:
    with pytest.raises(ValueError, match="disputed_after"):
        disputed_after(node(given))


def node(given: object) -> Node:
    return Context(disputed_after=given)  # type: ignore[return-value]
