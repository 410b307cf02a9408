"""A register of partners in place of the one we have."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from functions.shared import partners


@contextmanager
def registered(folder: Path, *entries: dict[str, Any]) -> Iterator[None]:
    """Let these partners take part, and no others."""
    file = folder / "partners.json"
    file.write_text(json.dumps([{"transport": {"kind": "sqs"}} | entry for entry in entries]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partners, "_LIST", file)
        partners.partners.cache_clear()
        yield
    partners.partners.cache_clear()
