"""After a restore the log goes on where no partner has read yet."""

from collections.abc import Callable
from typing import Any

import pytest

from functions.create_case.handler import create_case
from functions.partner_sync.fetch_hashes import fetch_hashes
from functions.partner_sync.sequence import sequence
from infrastructure import restore as command
from infrastructure.restore import restore
from infrastructure.routes import SEQUENCER
from tests.people import OTHER_NUMBER, new_case, pdq
from tests.unit.test_restore import DAY, Backup, anything, back_up, bring_back, today
from tests.world import AppFor, World, body_of

CREATE, FETCH = "create_case.handler", "partner_sync.fetch_hashes"
PARTNER = "example-social"


def fetch(app_for: AppFor, start: int) -> Any:
    return body_of(fetch_hashes(PARTNER, start, 100, "", app_for(FETCH)))


@pytest.fixture
def lost(app_for: AppFor, somewhere: World) -> Callable[[], tuple[Backup, int]]:
    """Let the clock of the sequencer be a day ahead once, and a partner read what it logged."""

    def act() -> tuple[Backup, int]:
        backup = back_up(somewhere)
        create_case(new_case(1, number=OTHER_NUMBER, first=50), app_for(CREATE))
        somewhere.now += DAY
        sequence(app_for(SEQUENCER))
        somewhere.now -= DAY
        return backup, fetch(app_for, 10)["nextSetTimestamp"]

    return act


@pytest.mark.parametrize("known", [True, False], ids=["known", "assumed"])
def test_partners_that_read_on_in_a_log_that_was_ahead_miss_nothing(
    app_for: AppFor, somewhere: World, lost: Callable[[], tuple[Backup, int]], known: bool
) -> None:
    backup, checkpoint = lost()
    told = anything(somewhere).store.log.tail().ts
    bring_back(somewhere, backup)
    restore(anything(somewhere), today(somewhere), told if known else None)
    somewhere.now += 3600
    create_case(new_case(1), app_for(CREATE))
    sequence(app_for(SEQUENCER))

    page = fetch(app_for, checkpoint)
    assert [one["hashValue"] for one in page["hashRecords"]] == [pdq(0)]
    assert page["hasMoreRecords"] is False


def test_a_log_that_is_known_not_to_have_been_ahead_is_not_moved(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(1), app_for(CREATE))
    sequence(app_for(SEQUENCER))
    tail = anything(somewhere).store.log.tail()
    bring_back(somewhere, back_up(somewhere))
    restore(anything(somewhere), today(somewhere), tail.ts)

    assert anything(somewhere).store.log.tail() == tail


def test_a_run_of_the_feed_ends_although_nothing_is_logged_yet_after_a_restore(
    app_for: AppFor, somewhere: World
) -> None:
    bring_back(somewhere, back_up(somewhere))
    restore(anything(somewhere), today(somewhere))
    now = int(somewhere.now)

    page = fetch(app_for, 10)
    assert (page["count"], page["hasMoreRecords"]) == (0, False)
    assert page["nextSetTimestamp"] == now + DAY
    somewhere.now += 5
    assert restore(anything(somewhere), today(somewhere)).raised == 0
    assert anything(somewhere).store.log.tail().ts == now + DAY, "it is decided once"
    assert sequence(app_for(SEQUENCER)) == 0


def test_the_command_shows_the_time_of_a_log_and_takes_it(
    app_for: AppFor, somewhere: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command, "App", lambda env: anything(somewhere))
    create_case(new_case(1), app_for(CREATE))
    sequence(app_for(SEQUENCER))
    told = command.main(["--show-log-time", "--bank", "bank"])
    assert told == str(int(somewhere.now))
    tables = ["--cases", "cases", "--bank", "bank", "--erasures", "erasures"]
    since = ["--since", today(somewhere).isoformat()]

    assert "a day ahead" not in command.main([*tables, *since, "--log-time", told])
    assert "a day ahead" in command.main([*tables, *since])
    with pytest.raises(SystemExit):
        command.main([*tables, *since, "--log-time", told + "000"])
    with pytest.raises(SystemExit):
        command.main(["--bank", "bank"])
