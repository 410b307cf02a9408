"""Every function under its own role: enough to go round, and nothing that could be taken away."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from local.assembly import Template
from local.system import Plan, running
from tests.roles.journey import go_round

LACKING = [
    ("ApiCreateCase", "dynamodb:PutItem", "report"),
    ("Sequencer", "dynamodb:UpdateItem", "publish"),
    ("example", "sqs:SendMessage", "hear"),
    ("ApiStatus", "dynamodb:Query", "follow"),
]
"""A function, an action of its role, and the step at which a case stops without that."""

STEPS = ["report", "publish", "hear", "follow", "answer", "withdraw", "confirm"]


def test_a_case_goes_round_under_enforced_roles(tmp_path: Path) -> None:
    done: list[str] = []
    with running(Plan.throwaway(tmp_path, enforce_roles=True)) as system:
        go_round(system, patience=30, done=done)

    assert done == STEPS


@pytest.mark.parametrize(("function", "action", "step"), LACKING)
def test_a_role_that_lacks_one_action_stops_it(
    tmp_path: Path, function: str, action: str, step: str
) -> None:
    plan = Plan.throwaway(tmp_path, enforce_roles=True, alter=without(function, action))
    done: list[str] = []

    with running(plan) as system, pytest.raises((httpx.HTTPStatusError, AssertionError)):
        go_round(system, patience=10, done=done)
    assert done == STEPS[: STEPS.index(step)]


def without(function: str, action: str) -> Callable[[Template], Template]:
    """Return what takes an action out of the one role of a function."""

    def alter(template: Template) -> Template:
        [policy] = [
            resource["Properties"]["PolicyDocument"]
            for name, resource in template["Resources"].items()
            if resource["Type"] == "AWS::IAM::Policy" and function in name
        ]
        taken = [statement for statement in policy["Statement"] if action in _actions(statement)]
        assert taken, f"{function} has no {action}"
        for statement in taken:
            statement["Action"] = [each for each in _actions(statement) if each != action]
        policy["Statement"] = [each for each in policy["Statement"] if each["Action"]]
        return template

    return alter


def _actions(statement: dict[str, list[str] | str]) -> list[str]:
    actions = statement["Action"]
    return [actions] if isinstance(actions, str) else list(actions)
