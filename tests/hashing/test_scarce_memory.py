"""Where the browser has no memory for all of a picture, a small copy of it is hashed instead.

What fails is the browser's part, told by a few lines that run in the worker before its own script.
In Chromium: see `tests.hashing.sabotage`.
"""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.hashing.drawings import Drawing, draw
from tests.hashing.harness import Harness
from tests.hashing.oracle import distance, pdq_of
from tests.hashing.sabotage import sabotaged

NO_DECODE_AT_ALL = """const decode = createImageBitmap
globalThis.createImageBitmap = () =>
  Promise.reject(new DOMException('The source image could not be decoded', 'InvalidStateError'))"""

NO_WHOLE_DECODE = f"""{NO_DECODE_AT_ALL}
const fail = createImageBitmap
globalThis.createImageBitmap = (source, options) =>
  options?.resizeWidth ? decode(source, options) : fail()"""

NO_FRAME = """globalThis.VideoFrame = class {
  constructor() { throw new DOMException('Out of memory', 'OperationError') }
  rotation
}"""

NO_WIDE_CANVAS = """const { getContext } = OffscreenCanvas.prototype
OffscreenCanvas.prototype.getContext = function (...asked) {
  return this.width > 1024 ? null : getContext.apply(this, asked)
}"""

NO_LARGE_ARRAY = """globalThis.Uint8ClampedArray = class extends Uint8ClampedArray {
  constructor(...of) {
    if (of[0] > 5e5) throw new RangeError('Array buffer allocation failed')
    super(...of)
  }
}"""

A_MISTAKE = """const copy = VideoFrame.prototype.copyTo
VideoFrame.prototype.copyTo = function (...to) {
  return this.codedWidth > 1024 ? Promise.reject(new TypeError('mistake')) : copy.apply(this, to)
}"""

LARGE = Drawing("hills", 1200, 1000, 23)
"""More than a megapixel: below that there is no smaller copy."""


@pytest.fixture
def upright(tmp_path: Path) -> Path:
    file = tmp_path / "upright.png"
    Image.fromarray(draw(LARGE)).save(file)
    return file


@pytest.fixture
def turned(tmp_path: Path) -> Path:
    """Write a picture that the browser turns, so that it is read through a canvas."""
    exif = Image.Exif()
    exif[0x0112] = 6
    file = tmp_path / "turned.avif"
    Image.fromarray(draw(Drawing("hills", 1000, 1200, 23))).save(file, exif=exif)
    return file


@pytest.mark.parametrize("failing", [NO_WHOLE_DECODE, NO_FRAME, NO_LARGE_ARRAY])
def test_what_fails_for_want_of_memory_is_hashed_from_a_small_copy(
    browser: Browser, address: str, upright: Path, failing: str
) -> None:
    with sabotaged(browser, address, failing) as page:
        page.begin([upright])
        [told] = page.end(1)
        readings = [event for event in page.told() if event["kind"] == "reading"]

    assert told.limits == ("smaller-copy",)
    assert all(signal.reduced for signal in told.signals)
    assert distance(told.signals[0].value, pdq_of(draw(LARGE)).hash) <= 10
    assert len(readings) == 1


def test_a_picture_that_is_turned_without_memory_for_a_canvas_is_too(
    browser: Browser, address: str, turned: Path
) -> None:
    with sabotaged(browser, address, NO_WIDE_CANVAS) as page:
        page.begin([turned])
        [told] = page.end(1)

    assert told.limits == ("smaller-copy",)
    assert [signal.variant for signal in told.signals[:2]] == ["upright", "stored"]


def test_what_cannot_be_decoded_small_either_is_unreadable(
    browser: Browser, address: str, upright: Path
) -> None:
    with sabotaged(browser, address, NO_DECODE_AT_ALL) as page:
        page.begin([upright])
        [told] = page.end(1)

    assert told.reason == "unreadable"


def test_a_fault_of_the_page_s_own_is_no_want_of_memory(
    browser: Browser, address: str, upright: Path
) -> None:
    with sabotaged(browser, address, A_MISTAKE) as page:
        page.begin([upright])
        [told] = page.end(1)

    assert told.reason == "crashed"


def test_a_picture_that_takes_least_when_hashed_whole_is_hashed_whole_when_memory_is_short(
    in_chromium: Harness, upright: Path
) -> None:
    """Scaled down, an opaque PNG would take more memory than read in pieces."""
    in_chromium.choose([upright])
    told = in_chromium.evaluate("() => harness.hash({file: harness.chosen()[0], sparing: true})")

    assert told["limits"] == []
    assert told["made"][0]["value"] == pdq_of(draw(LARGE)).hash
