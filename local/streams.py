"""A stream's reader begins anew with the stream when the local AWS starts again."""

import json
from pathlib import Path

READER = "lambda.json"
POSITIONS = "dynamodb_stream_positions"


def rewind(state: Path) -> None:
    """Make the local AWS forget how far functions had read the streams; it must not be running.

    It keeps these positions and not the streams, which are empty after a start. A function would
    miss as many records as it had read before, and wait for the minute's sweep instead.
    """
    kept = state / READER
    if kept.exists():
        content = json.loads(kept.read_text())
        content["payload"][POSITIONS]["data"] = {}
        unfinished = kept.with_suffix(".part")
        unfinished.write_text(json.dumps(content))
        unfinished.replace(kept)
