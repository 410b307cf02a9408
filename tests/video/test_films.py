"""In a real browser a film gives the hashes of the frames that PyPI `vpdq` would hash."""

import hashlib
import json
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from playwright.sync_api import Browser

from tests.hashing.harness import Answer, Harness
from tests.hashing.oracle import distance
from tests.hashing.sabotage import sabotaged
from tests.video.vectors import FOLDER, VECTORS

FILMS: list[dict[str, Any]] = json.loads(VECTORS.read_text("utf-8"))["films"]

LOSES_LATER_FRAMES = """
  const copy = VideoFrame.prototype.copyTo
  VideoFrame.prototype.copyTo = function (...how) {
    if (this.timestamp > 3e6) throw new DOMException('lost', 'InvalidStateError')
    return copy.apply(this, how)
  }"""
"""As a browser does whose graphics card is reset: after three seconds of the film."""

CLUSTER = b"\x1f\x43\xb6\x75"
"""What some seconds of a Matroska begin with. Source: RFC 9559, 5.1.3."""

FARTHEST = {"chromium": 0, "firefox": 2}
"""Bits: Firefox gives frames as colours only, and a few samples cannot be told from these."""


@pytest.fixture(scope="module")
def answers(harness: Harness) -> dict[str, Answer]:
    films = sorted(FOLDER.iterdir())
    return dict(zip([film.name for film in films], harness.hash(films), strict=True))


@pytest.mark.parametrize("vector", FILMS, ids=lambda vector: str(vector["film"]))
def test_every_frame_of_the_reference_is_near_to_one_that_is_sent(
    answers: dict[str, Answer], vector: dict[str, Any], request: pytest.FixtureRequest
) -> None:
    frames = values(answers[vector["film"]], "VideoPDQ")
    wanted = [value for _, value, quality in vector["frames"] if quality >= 50]

    assert len(wanted) >= 6
    off = [min(distance(value, frame) for frame in frames) for value in wanted]
    assert max(off) <= FARTHEST[request.node.callspec.params["harness"]]
    assert len(frames) <= len(wanted)


def test_the_md5_of_a_film_is_that_of_the_whole_file(answers: dict[str, Answer]) -> None:
    for name, answer in answers.items():
        assert values(answer, "VideoMD5") == [_md5(FOLDER / name)]
        assert answer.limits == ()


def test_a_film_that_no_decoder_reads_is_found_by_exact_copies_only(
    harness: Harness, tmp_path: Path
) -> None:
    film = tmp_path / "damaged.mp4"
    film.write_bytes((FOLDER / "h264-30.mp4").read_bytes()[:64] + bytes(1000))
    (answer,) = harness.hash([film])

    assert [signal.type for signal in answer.signals] == ["VideoMD5"]
    assert values(answer, "VideoMD5") == [_md5(film)]
    assert answer.limits == ("exact-copies-only",)


def test_a_film_that_breaks_off_gives_the_frames_up_to_there(
    harness: Harness, tmp_path: Path
) -> None:
    film = tmp_path / "cut.mp4"
    index_first(FOLDER / "h264-30.mp4", film)
    film.write_bytes(film.read_bytes()[: film.stat().st_size * 6 // 10])
    broken, complete = harness.hash([film, FOLDER / "h264-30.mp4"])

    frames = values(broken, "VideoPDQ")
    assert 2 <= len(frames) < len(values(complete, "VideoPDQ"))
    assert values(complete, "VideoPDQ")[: len(frames)] == frames
    assert broken.limits == ()


def test_a_matroska_that_breaks_off_gives_the_frames_up_to_there(
    harness: Harness, tmp_path: Path
) -> None:
    whole = FOLDER / "vp9-24.webm"
    film = tmp_path / "cut.webm"
    last_cluster = whole.read_bytes().rindex(CLUSTER)
    film.write_bytes(whole.read_bytes()[: last_cluster + 1000])
    broken, complete = harness.hash([film, whole])

    frames = values(broken, "VideoPDQ")
    assert 2 <= len(frames) < len(values(complete, "VideoPDQ"))
    assert values(complete, "VideoPDQ")[: len(frames)] == frames
    assert broken.limits == ()


def test_where_the_browser_loses_a_frame_those_before_it_are_kept(
    browser: Browser, address: str, in_chromium: Harness
) -> None:
    film = FOLDER / "h264-30.mp4"
    [complete] = in_chromium.hash([film])
    with sabotaged(browser, address, LOSES_LATER_FRAMES) as page:
        page.begin([film])
        [told] = page.end(1)
        readings = [event for event in page.told() if event["kind"] == "reading"]

    frames = values(told, "VideoPDQ")
    assert values(told, "VideoMD5") == values(complete, "VideoMD5")
    assert 1 <= len(frames) < len(values(complete, "VideoPDQ"))
    assert values(complete, "VideoPDQ")[: len(frames)] == frames
    assert len(readings) == 1


@pytest.mark.parametrize(("container", "codec"), [("mp4", "aac"), ("asf", "mp3"), ("flv", "aac")])
def test_a_file_of_sound_alone_is_no_video(
    harness: Harness, tmp_path: Path, container: str, codec: str
) -> None:
    sound = tmp_path / "sound"
    with av.open(str(sound), "w", format=container) as output:
        stream = output.add_stream(codec, 44_100)
        assert isinstance(stream, av.AudioStream)
        silence = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        silence.sample_rate = 44_100
        output.mux(stream.encode(silence))
        output.mux(stream.encode())

    assert harness.hash([sound])[0].reason == "unsupported"


@pytest.mark.parametrize("container", ["asf", "flv"])
def test_of_a_film_that_is_never_looked_into_exact_copies_are_found(
    harness: Harness, tmp_path: Path, container: str
) -> None:
    film = tmp_path / "film"
    with av.open(str(film), "w", format=container) as output:
        stream = output.add_stream("flv1" if container == "flv" else "wmv2", 24)
        assert isinstance(stream, av.VideoStream)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        output.mux(stream.encode(av.VideoFrame(64, 64, "yuv420p")))
        output.mux(stream.encode())

    assert harness.hash([film])[0].limits == ("exact-copies-only",)


def index_first(film: Path, copy: Path) -> None:
    """Copy an MP4 with its index before its frames, as it is for sending."""
    options = {"movflags": "faststart"}
    with av.open(str(film)) as source, av.open(str(copy), "w", options=options) as output:
        stream = output.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(video=0):
            packet.stream = stream
            if packet.dts is not None:
                output.mux(packet)


def values(answer: Answer, kind: str) -> list[str]:
    return [signal.value for signal in answer.signals if signal.type == kind]


def _md5(film: Path) -> str:
    return hashlib.md5(film.read_bytes(), usedforsecurity=False).hexdigest()
