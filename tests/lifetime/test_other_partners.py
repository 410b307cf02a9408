"""A register without the example platform, as an operator would have it."""

from dataclasses import replace
from pathlib import Path

import httpx

from local.system import Plan, running


def test_without_the_example_platform_everything_else_runs(tmp_path: Path) -> None:
    plan = replace(Plan.throwaway(tmp_path), example="not-registered")

    with running(plan) as system:
        assert system.social is None
        assert httpx.get(system.page).status_code == 200
        assert [child.name for child in system.children] == ["The local AWS", "The local proxy"]
