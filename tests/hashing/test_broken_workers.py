"""Whatever becomes of a worker, its file is tried once more and the others never notice."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.hashing.bad_files import PICTURE
from tests.hashing.sabotage import Sabotaged, sabotaged

NO_WEBASSEMBLY = "delete globalThis.WebAssembly"


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Sabotaged]:
    with sabotaged(browser, address) as page:
        yield page


def pictures(folder: Path, *names: str) -> list[Path]:
    """Write the same good picture under each name."""
    files = [folder / f"{name}.png" for name in names]
    for file in files:
        PICTURE.save(file)
    return files


@pytest.mark.parametrize("deed", ["breaks", "hoards"])
def test_a_file_that_broke_its_worker_once_is_hashed_sparingly(
    page: Sabotaged, tmp_path: Path, deed: str
) -> None:
    page.begin(pictures(tmp_path, deed, "good", "better"))

    told = page.end(3)

    assert [answer.kind for answer in told] == ["hashed", "hashed", "hashed"]
    assert told[1] == told[2]
    kinds = [event["kind"] for event in page.told() if event["id"] == 0]
    assert kinds.count("reading") == 2


def test_a_file_that_breaks_every_worker_is_given_up_alone(page: Sabotaged, tmp_path: Path) -> None:
    page.begin(pictures(tmp_path, "good", "breaks-always", "better", "hoards-always", "best"))

    told = page.end(5)

    assert [answer.reason or answer.kind for answer in told] == [
        "hashed", "crashed", "hashed", "crashed", "hashed",
    ]  # fmt: skip


@pytest.mark.parametrize(("deed", "outcome"), [
    ("leaves", "hashed"), ("leaves-always", "crashed"), ("hangs", "hashed"),
])  # fmt: skip
def test_a_worker_that_ends_or_hangs_without_a_word_is_found_out(
    page: Sabotaged, tmp_path: Path, deed: str, outcome: str
) -> None:
    page.begin(pictures(tmp_path, deed, "good", "better"))
    page.wait_for("hashed", 2)

    first, *others = page.end_by_the_clock(3)

    assert (first.reason or first.kind) == outcome
    assert [answer.kind for answer in others] == ["hashed", "hashed"]


def test_a_file_that_broke_its_workers_can_be_tried_again(page: Sabotaged, tmp_path: Path) -> None:
    page.begin(pictures(tmp_path, "breaks-always"))
    page.end(1)

    page.page.evaluate("() => window.hasher.add(0, window.harness.chosen()[0])")

    page.wait_for("refused", 2)
    assert [event["kind"] for event in page.told()].count("reading") == 4


def test_without_network_files_are_refused_at_once_and_can_be_tried_again(
    page: Sabotaged, tmp_path: Path
) -> None:
    files = pictures(tmp_path, "one", "two", "three")
    page.page.evaluate("() => { window.online = false }")
    page.begin(files)
    assert [answer.reason for answer in page.end(3)] == ["not-loaded"] * 3

    page.page.evaluate("() => { window.online = true }")
    page.begin(files)

    assert [answer.kind for answer in page.end(3)] == ["hashed"] * 3


def test_a_browser_without_webassembly_hashes_the_same(
    browser: Browser, address: str, page: Sabotaged, tmp_path: Path
) -> None:
    files = pictures(tmp_path, "good")
    page.begin(files)
    with sabotaged(browser, address, NO_WEBASSEMBLY) as lacking:
        lacking.begin(files)

        assert lacking.end(1) == page.end(1)


def test_a_file_that_rests_lets_the_others_go_on(page: Sabotaged, tmp_path: Path) -> None:
    page.begin(pictures(tmp_path, "hangs", "resting", "good"), workers=1)
    page.page.evaluate("() => { window.hasher.pause(1); window.hasher.cancel(0) }")
    page.wait_for("hashed")
    assert [event["kind"] for event in page.told() if event["id"] == 1] == ["paused"]

    page.page.evaluate("() => window.hasher.resume(1)")

    assert [answer.kind for answer in page.end(3)] == ["cancelled", "hashed", "hashed"]


def test_nothing_is_heard_after_the_end(page: Sabotaged, tmp_path: Path) -> None:
    page.begin(pictures(tmp_path, "hangs", "good", "better"), workers=1)
    page.wait_for("reading")
    page.page.evaluate("() => { window.hasher.close(); window.told.length = 0 }")
    page.begin(pictures(tmp_path, "last"))

    assert [answer.kind for answer in page.end(1)] == ["hashed"]
    assert {event["id"] for event in page.told()} == {0}


def test_two_thousand_waiting_files_are_given_up_at_once(page: Sabotaged, tmp_path: Path) -> None:
    [file] = pictures(tmp_path, "hangs-always")
    page.begin([file])
    page.wait_for("reading")

    heard = page.page.evaluate(
        """() => {
          const [file] = window.harness.chosen()
          for (let id = 1; id < 2000; id++) window.hasher.add(id, file)
          const before = window.told.length
          for (let id = 1999; id >= 0; id--) window.hasher.cancel(id)
          return window.told.slice(before).map(({ kind, id }) => ({ kind, id }))
        }"""
    )

    assert heard == [{"kind": "cancelled", "id": number} for number in reversed(range(2_000))]
    assert {answer.kind for answer in page.end(2_000)} == {"cancelled"}
