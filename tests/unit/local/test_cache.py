"""Costly things are made once, and never removed under their readers."""

from pathlib import Path

import pytest

from local.cache import kept


def make(path: Path) -> None:
    path.mkdir()
    (path / "made").touch()


def there(cache: Path) -> set[str]:
    return {path.name for path in cache.iterdir()}


def test_a_thing_is_made_once(tmp_path: Path) -> None:
    made = []

    def made_once(path: Path) -> None:
        made.append(path)
        make(path)

    for _ in range(2):
        with kept(tmp_path / "cache", "a", made_once) as found:
            assert (found / "made").exists()
    assert len(made) == 1


def test_the_next_thing_takes_the_place_of_the_last(tmp_path: Path) -> None:
    for name in "ab":
        with kept(tmp_path / "cache", name, make):
            pass

    assert there(tmp_path / "cache") == {"b"}


def test_what_is_being_read_stays_and_so_does_what_came_meanwhile(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    with kept(cache, "a", make) as first, kept(cache, "b", make) as second:
        assert (first / "made").exists()
        assert (second / "made").exists()
        with kept(cache, "c", make):
            assert there(cache) == {"a", "b", "c"}


def test_two_that_make_the_same_at_once_share_one(tmp_path: Path) -> None:
    def make_while_another_does(path: Path) -> None:
        with kept(path.parents[1], path.name, make):
            make(path)

    with kept(tmp_path / "cache", "a", make_while_another_does) as found:
        assert (found / "made").exists()
    assert there(tmp_path / "cache") == {"a"}


def test_what_could_not_be_made_leaves_nothing(tmp_path: Path) -> None:
    def fail(path: Path) -> None:
        make(path)
        raise ValueError

    with pytest.raises(ValueError), kept(tmp_path / "cache", "a", fail):  # noqa: PT011
        pass

    assert there(tmp_path / "cache") == set()
