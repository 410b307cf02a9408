"""One bad file, a cancelled one or a broken worker never stops the other files."""

from pathlib import Path

import pytest
from PIL import Image

from tests.hashing.bad_files import PICTURE, write_bad_files
from tests.hashing.harness import Harness, answers


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "good.png"
    PICTURE.save(file)
    return file


def test_each_bad_file_is_refused_for_its_reason_and_the_next_one_is_hashed(
    harness: Harness, tmp_path: Path, good: Path
) -> None:
    reasons = write_bad_files(tmp_path)
    files = [file for bad in reasons for file in (bad, good)]

    told = harness.hash(files)

    assert {file: answer.reason for file, answer in zip(files, told, strict=True)} == {
        **reasons,
        good: None,
    }
    assert all(answer.kind == "hashed" for answer in told[1::2])


def test_a_name_that_lies_does_not_matter(harness: Harness, tmp_path: Path, good: Path) -> None:
    liar = tmp_path / "picture.pdf"
    liar.write_bytes(good.read_bytes())

    of_liar, of_good = harness.hash([liar, good])

    assert of_liar == of_good


def test_a_file_that_vanished_is_named_so(harness: Harness, tmp_path: Path, good: Path) -> None:
    deleted = tmp_path / "deleted.png"
    PICTURE.save(deleted)
    harness.choose([deleted, good])
    deleted.unlink()

    told = answers(harness.run())

    assert [answer.reason or answer.kind for answer in told] == ["vanished", "hashed"]


def test_a_file_that_changed_since_is_not_the_one_that_was_chosen(
    in_chromium: Harness, tmp_path: Path, good: Path
) -> None:
    """Firefox hands out what the file holds now."""
    changed = tmp_path / "changed.png"
    PICTURE.save(changed)
    in_chromium.choose([changed, good])
    Image.new("RGB", (9, 9)).save(changed)

    told = answers(in_chromium.run())

    assert [answer.reason or answer.kind for answer in told] == ["vanished", "hashed"]


def test_each_file_is_heard_of_in_order(harness: Harness, good: Path) -> None:
    harness.choose([good] * 6)

    told = harness.run()

    for number in range(6):
        first, *steps, last = [event for event in told if event["id"] == number]
        done = [event["done"] for event in steps]
        assert (first["kind"], last["kind"]) == ("reading", "hashed")
        assert {event["kind"] for event in steps} == {"progress"}
        assert done == sorted(done)
        assert done[-1] == 1


def test_the_same_picture_twice_gives_the_same_twice(harness: Harness, good: Path) -> None:
    first, second = harness.hash([good, good])

    assert first == second
    assert first.kind == "hashed"


@pytest.mark.parametrize("when", ["reading", "progress"])
def test_a_cancelled_file_is_given_up_at_once_and_the_others_go_on(
    harness: Harness, photographs: list[Path], when: str
) -> None:
    """At once: before the call that cancels it returns. How long that takes, `bench` prints."""
    harness.choose(photographs)

    heard = harness.evaluate(GIVE_UP, [1, when])

    assert heard["during"][0] == {"kind": "cancelled", "id": 1}
    assert [event for event in heard["after"] if event["id"] == 1] == []
    told = [*heard["before"], *heard["during"], *heard["after"]]
    assert [answer.kind for answer in answers(told)] == ["hashed", "cancelled", "hashed", "hashed"]


GIVE_UP = """([victim, when]) => new Promise((resolve) => {
  const heard = { before: [], during: [], after: [] }
  let now = heard.before
  let left = window.harness.chosen().length
  const giveUp = () => {
    now = heard.during
    hasher.cancel(victim)
    now = heard.after
  }
  const hasher = window.harness.openHasher((event) => {
    now.push(event)
    // After what is told in the same turn, and before anything else can come from a worker.
    if (event.id === victim && event.kind === when) queueMicrotask(giveUp)
    if (['hashed', 'refused', 'cancelled'].includes(event.kind)) left -= 1
    if (left > 0) return
    hasher.close()
    resolve(heard)
  })
  window.harness.chosen().forEach((file, id) => hasher.add(id, file))
})"""
