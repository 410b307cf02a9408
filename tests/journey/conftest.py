"""A phone-sized Chromium, and everything it sends written down."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from local.system import System
from tests.journey.recorder import Recorder
from tests.journey.secret import Secret, take_photograph

PHONE = ViewportSize(width=390, height=844)


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def phone(browser: Browser, system: System, recorder: Recorder) -> Iterator[Page]:
    """Return the page on a phone, in English, with every request on record."""
    context = browser.new_context(viewport=PHONE, locale="en-GB", base_url=system.page)
    recorder.listen(context)
    yield context.new_page()
    context.close()


@pytest.fixture
def desk(browser: Browser, system: System) -> Iterator[Page]:
    """Return Example Social on the desk of somebody who reviews there."""
    context = browser.new_context(locale="en-GB", base_url=system.social)
    yield context.new_page()
    context.close()


@pytest.fixture
def photograph(tmp_path: Path) -> Secret:
    """Return a real photograph whose every trait is unusual enough to be recognized."""
    return take_photograph(tmp_path)


@pytest.fixture
def copy(photograph: Secret, tmp_path: Path) -> Path:
    """Return what somebody else would post: the same picture, smaller and encoded anew."""
    path = tmp_path / "found-online.jpg"
    with Image.open(photograph.path) as opened:
        opened.convert("RGB").resize((800, 534)).save(path, quality=60)
    return path
