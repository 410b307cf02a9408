"""A file that cannot be used, or only in part, says in its row what the person can do."""

from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

SLOW = 20_000

USELESS = {
    "scan.tiff": (b"II*\0" + bytes(100), "Save the picture as JPEG or PNG"),
    "camera.cr2": (b"II*\0\x10\0\0\0CR\x02\0" + bytes(100), "Choose the JPEG that belongs to it"),
    "scan.pdf": (b"%PDF-1.7\n" + bytes(100), "Take a screenshot of the picture in it"),
    "logo.svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG do not work here"),
    "all.zip": (b"PK\x03\x04" + bytes(100), "Unpack it first"),
    "nothing.jpg": (b"", "The file is empty"),
    "notes.txt": (b"Dear diary, nothing else.", "does not work here"),
}


@pytest.fixture
def choosing(phone: Page) -> Page:
    phone.goto("/")
    phone.get_by_role("button", name="Start").click()
    return phone


def test_each_file_that_cannot_be_used_says_what_to_do(choosing: Page, tmp_path: Path) -> None:
    for name, (content, _) in USELESS.items():
        (tmp_path / name).write_bytes(content)

    choosing.get_by_label("Choose pictures").set_input_files([tmp_path / name for name in USELESS])

    for row, (_, advice) in zip(rows_of(choosing, len(USELESS)), USELESS.values(), strict=True):
        assert advice in row


def test_a_video_that_the_browser_cannot_look_into_says_what_that_means(
    choosing: Page, tmp_path: Path
) -> None:
    video = tmp_path / "old.avi"
    video.write_bytes(b"RIFF\0\x10\0\0AVI LIST" + bytes(4000))
    good = tmp_path / "good.png"
    Image.effect_noise((300, 200), 60).convert("RGB").save(good)

    choosing.get_by_label("Choose pictures").set_input_files([video, good])

    of_video, of_good = rows_of(choosing, 2)
    assert "Only exact copies of the file can be found" in of_video
    assert "Done" in of_video
    assert "exact copies" not in of_good


def rows_of(page: Page, count: int) -> list[str]:
    """Return what each row says once all files are over and done with."""
    expect(page.get_by_role("listitem")).to_have_count(count)
    expect(page.locator(".overall progress")).to_have_count(0, timeout=SLOW)
    return page.get_by_role("listitem").all_inner_texts()
