"""In a private window of Firefox films give what they give anywhere, or nothing that is untrue."""

from tests import firefox
from tests.hashing.harness import Harness
from tests.hashing.test_private_windows import NOISY, RESISTING
from tests.video.vectors import FOLDER

FILMS = [FOLDER / "h264-30.mp4", FOLDER / "vp9-24.webm"]


def test_noise_on_canvases_leaves_films_alone(in_firefox: Harness, address: str) -> None:
    with firefox.launched(NOISY) as driver:
        assert Harness(driver, address).hash(FILMS) == in_firefox.hash(FILMS)


def test_where_a_browser_hides_frames_exact_copies_are_found(address: str) -> None:
    with firefox.launched(RESISTING) as driver:
        told = Harness(driver, address).hash(FILMS)

    assert [answer.limits for answer in told] == [("exact-copies-only",)] * len(FILMS)
    assert {signal.type for answer in told for signal in answer.signals} == {"VideoMD5"}
