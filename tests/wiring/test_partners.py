"""partners.json is right, and a wrong one is refused with the field's name."""

import json
from pathlib import Path
from typing import Any

import pytest

from infrastructure.partners import load_partners

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


def test_two_partners_cannot_share_an_id(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="same id"):
        load(tmp_path, SOUND, SOUND | {"name": "Another"})
