"""partners.json is right, and a wrong one is refused with the field's name."""

import json
from pathlib import Path
from typing import Any

import pytest

from infrastructure.app import ROOT
from infrastructure.lint import ONE_OF_EACH_KIND
from infrastructure.partners import MOST, Partner, load_partners
from infrastructure.transports import SnsTransport
from infrastructure.unbundled import template_of, unbundled

MOST_RESOURCES = 500
"""Of one stack. Source: AWS CloudFormation guide, "Understand CloudFormation quotas"."""
SOUND: dict[str, Any] = {
    "id": "some-platform",
    "name": "Some Platform",
    "transport": {"kind": "sqs", "queue_arn": "arn:aws:sqs:eu-north-1:111122223333:inbox"},
}


def load(folder: Path, *entries: dict[str, Any]) -> None:
    file = folder / "partners.json"
    file.write_text(json.dumps(entries))
    load_partners(file)


def test_the_file_we_have_is_sound() -> None:
    assert load_partners()


def test_a_sound_entry_is_taken(tmp_path: Path) -> None:
    load(tmp_path, SOUND)
    load(tmp_path, SOUND | {"signal_types": ["ImagePDQ"]})


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": "Some Platform"}, "id"),
        ({"id": "a" * 41}, "id"),
        ({"id": 7}, "id"),
        ({"id": "sandbox"}, "id"),
        ({"name": " "}, "name"),
        ({"color": "blue"}, "exactly"),
        ({"signal_types": "ImagePDQ"}, "signal_types"),
        ({"signal_types": []}, "signal_types"),
        ({"signal_types": ["ImagePDQ", "ImagePDQ"]}, "signal_types"),
        ({"signal_types": ["ImagePDQ", "VideoTMK"]}, "signal_types"),
        ({"signal_types": [7]}, "signal_types"),
        ({"transport": {"kind": "pigeon"}}, "transport"),
        ({"transport": {"kind": "sqs", "queue_arn": "https://example.test/inbox"}}, "queue_arn"),
        ({"transport": {"kind": "sqs", "queue_arn": "arn:aws:sqs:*:111122223333:*"}}, "queue_arn"),
    ],
)
def test_a_wrong_entry_is_refused(tmp_path: Path, change: dict[str, Any], field: str) -> None:
    with pytest.raises(ValueError, match=field):
        load(tmp_path, SOUND | change)


@pytest.mark.parametrize(("one", "other"), [("a-1b", "a1b"), ("x-9", "x9")])
def test_two_partners_cannot_share_the_name_of_an_output(
    tmp_path: Path, one: str, other: str
) -> None:
    with pytest.raises(ValueError, match="without their dashes"):
        load(tmp_path, SOUND | {"id": one}, SOUND | {"id": other})


def test_more_partners_than_a_stack_has_room_for_are_refused_with_the_number(
    tmp_path: Path,
) -> None:
    many = [SOUND | {"id": f"platform-{number}"} for number in range(MOST + 1)]

    load(tmp_path, *many[:MOST])
    with pytest.raises(ValueError, match=rf"{MOST + 1} partners .* room for {MOST}.*runbook"):
        load(tmp_path, *many)


def test_a_stack_has_room_for_so_many_of_the_largest_kind_and_for_those_of_lint(
    tmp_path: Path,
) -> None:
    by_topic = SnsTransport("111122223333")
    many = [Partner(f"platform-{number}", "-", by_topic) for number in range(MOST)]
    made = template_of(unbundled(tmp_path, [*many, *ONE_OF_EACH_KIND]))
    assert len(json.loads(made.read_text())["Resources"]) <= MOST_RESOURCES


def test_the_runbook_names_how_many_partners_a_stack_has_room_for() -> None:
    text = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
    assert f"has room for {MOST} partners" in text


def test_two_partners_cannot_share_an_id(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="same id"):
        load(tmp_path, SOUND, SOUND | {"name": "Another"})
