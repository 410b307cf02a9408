"""In a browser whose frames know no `format` a picture hashes as anywhere: Safari, older Chromiums.

Such a browser overlooks the word and copies the pixels as they lie. In Chromium: see
`tests.hashing.sabotage`.
"""

from pathlib import Path

from playwright.sync_api import Browser

from tests.hashing.corpus import upright_rgb
from tests.hashing.oracle import pdq_of
from tests.hashing.photographs import photograph
from tests.hashing.sabotage import sabotaged

NO_FORMAT = """const copy = VideoFrame.prototype.copyTo
VideoFrame.prototype.copyTo = function (to, { format, ...options } = {}) {
  return copy.call(this, to, options)
}"""


def test_frames_that_heed_no_format_are_read_as_they_lie(
    browser: Browser, address: str, corpus: list[Path], tmp_path: Path
) -> None:
    begin = ("resized-", "turned-6", "profile")
    files = [_with_alpha(tmp_path), *(file for file in corpus if file.name.startswith(begin))]

    with sabotaged(browser, address, NO_FORMAT) as page:
        page.begin(files)
        told = page.end(len(files))

    assert len(files) >= 15
    assert [(answer.hash, answer.quality) for answer in told] == [
        pdq_of(upright_rgb(file)) for file in files
    ]


def _with_alpha(folder: Path) -> Path:
    """Write a picture whose pixels could be transparent: these Chromium does not keep as others."""
    file = folder / "alpha.png"
    photograph("astronaut.png").convert("RGBA").save(file)
    return file
