"""From the bytes of an uploaded video to the hash by which exact copies of it are found."""

import hashlib
from dataclasses import dataclass

from partner_kit.example_social.pictures import check_size

_PICTURE_BRANDS = (b"avif", b"avis", b"heic", b"heix", b"hevc", b"mif1", b"msf1")
"""MP4's box structure carries pictures too; those are not videos.

Source: ISO/IEC 23008-12, section 10, and the AVIF specification, section 6."""


@dataclass(frozen=True)
class Video:
    """What is kept of an upload. `shown` is the file as it came: here nothing can redraw it."""

    md5: str
    shown: bytes

    @property
    def hash(self) -> str:
        """The value to look up and to answer about."""
        return self.md5


def read_video(data: bytes) -> Video | None:
    """Hash an MP4, QuickTime or WebM file; nothing if it is none of them.

    Raises:
        BadPicture: too large.
    """
    if media_type(data) is None:
        return None
    check_size(data)
    return Video(hashlib.md5(data, usedforsecurity=False).hexdigest(), data)


def media_type(data: bytes) -> str | None:
    """Tell a video by its first 12 bytes."""
    if data[4:8] == b"ftyp" and data[8:12] not in _PICTURE_BRANDS:
        return "video/mp4"
    return "video/webm" if data.startswith(b"\x1a\x45\xdf\xa3") else None
