"""An iPhone's photograph under the page's own headers: its decoder comes when it is needed."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.hashing.heic_files import upright_heic, write_phone_photograph
from tests.hashing.oracle import pdq_of
from tests.journey.recorder import Recorder
from tests.journey.secret import Secret
from tests.journey.walk import SLOW, ready_to_send

DECODER = {".js", ".wasm"}
"""Its two parts, by how their addresses end."""


@pytest.fixture
def heic(tmp_path: Path) -> Secret:
    """Return a photograph in tiles that lies on its side."""
    path = tmp_path / "IMG_0417.heic"
    write_phone_photograph(path, (1209, 907))
    return Secret(path, width=1209, height=907, comment="IMG_0417")


def test_a_heic_is_hashed_as_the_reference_does_and_its_decoder_fetched_only_then(
    phone: Page, photograph: Secret, heic: Secret, recorder: Recorder
) -> None:
    ready_to_send(phone, photograph)
    assert fetched_of_the_decoder(recorder) == set()

    ready_to_send(phone, heic)
    assert fetched_of_the_decoder(recorder) == DECODER
    phone.get_by_role("button", name="Send the fingerprints").click()
    expect(phone.get_by_role("heading", name="Your case is received")).to_be_visible(timeout=SLOW)

    [posted] = recorder.bodies("/cases")
    first = posted["signals"][0]
    assert (first["value"], first["quality"]) == pdq_of(upright_heic(heic.path))
    assert recorder.complaints == [], "of the policy, for one"


def fetched_of_the_decoder(recorder: Recorder) -> set[str]:
    return {Path(one.url).suffix for one in recorder.sent if "libheif" in one.url}
