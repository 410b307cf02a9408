"""Every function under its own role: enough to go round, and nothing that could be taken away."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from local.assembly import Template
from local.system import Plan, running
from tests.roles.journey import go_round

LACKING = [
    ("ApiCreateCase", "dynamodb:PutItem"),
    ("ApiStatus", "dynamodb:Query"),
    ("Sequencer", "sns:Publish"),
    ("example", "sqs:SendMessage"),
]


def test_a_case_goes_round_under_enforced_roles(tmp_path: Path) -> None:
    with running(Plan.throwaway(tmp_path, enforce_roles=True)) as system:
        go_round(system, patience=30)


@pytest.mark.parametrize(("function", "action"), LACKING)
def test_a_role_that_lacks_one_action_stops_it(tmp_path: Path, function: str, action: str) -> None:
    plan = Plan.throwaway(tmp_path, enforce_roles=True, alter=without(function, action))

    with running(plan) as system, pytest.raises((httpx.HTTPStatusError, AssertionError)):
        go_round(system, patience=8)


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
