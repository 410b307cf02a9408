"""What a person at a terminal reads."""

from dataclasses import replace

import pytest

from local.cloud import Cloud
from local.command import announce
from local.stack import Stack
from local.system import System

SYSTEM = System(
    page="http://127.0.0.1:1",
    social="http://127.0.0.1:2",
    cloud=Cloud("http://127.0.0.1:3"),
    stack=Stack({}, {}),
    partners={},
    children=(),
)


def said(system: System, capsys: pytest.CaptureFixture[str]) -> list[str]:
    announce(system, took=3.14)
    return capsys.readouterr().out.splitlines()


def test_the_three_addresses_are_told_and_how_long_it_took(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = said(SYSTEM, capsys)

    assert lines[0] == "Started in 3.1 s."
    assert [line.split()[-1] for line in lines[2:5]] == [
        "http://127.0.0.1:1",
        "http://127.0.0.1:2",
        "http://127.0.0.1:1/openapi.json",
    ]


def test_one_line_says_that_the_example_platform_does_not_run(
    capsys: pytest.CaptureFixture[str],
) -> None:
    lines = said(replace(SYSTEM, social=None), capsys)

    assert [line for line in lines if "Example Social" in line] == [
        "  Example Social    does not run: infrastructure/partners.json has no example-social"
    ]
