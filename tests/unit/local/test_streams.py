"""After a restart, streams are read from their beginning."""

import json
from pathlib import Path

from local.streams import rewind


def test_positions_are_forgotten_and_all_else_is_kept(tmp_path: Path) -> None:
    kept = tmp_path / "lambda.json"
    positions = {"scoped": True, "data": {"reader": 10}}
    kept.write_text(json.dumps({"payload": {"dynamodb_stream_positions": positions, "esms": [1]}}))

    rewind(tmp_path)

    positions["data"] = {}
    assert json.loads(kept.read_text())["payload"] == {
        "dynamodb_stream_positions": positions,
        "esms": [1],
    }
    assert list(tmp_path.iterdir()) == [kept]


def test_before_the_first_run_there_is_nothing_to_forget(tmp_path: Path) -> None:
    rewind(tmp_path / "state")
