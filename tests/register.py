"""A register of partners in place of the one we have."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from functions.shared import partners

OTHERS = ("another", "a-third", "a-fourth")
"""Partners that a test may have beside ours."""


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


def beside_ours(folder: Path, *ids: str) -> AbstractContextManager[None]:
    """Let these partners take part too."""
    ours = json.loads(partners._LIST.read_text(encoding="utf-8"))
    return registered(folder, *ours, *({"id": one, "name": one} for one in ids))
