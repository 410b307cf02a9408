"""One hash behind which far more cases stand than it knows by name."""

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from functions.create_case.handler import create_case
from functions.partner_sync.submit_feedback import SubmittedFeedback, submit_feedback
from functions.shared import bank
from functions.shared.bank import BankHash, FeedbackValue, Status
from functions.shared.feed import Entry
from functions.shared.forgetting import DAY
from functions.shared.records import record
from functions.shared.store import bank as stored_bank
from functions.shared.store.codec import encode
from functions.status.handler import case_status
from functions.withdraw.handler import withdraw
from functions.withdraw.purge import purge
from tests.hashes import fresh, signal
from tests.people import credentials, new_case, number_of, pdq
from tests.register import registered
from tests.simulation.dynamodb.sizes import LARGEST_ITEM, LARGEST_TRANSACTION, size
from tests.simulation.test_a_large_case import Memory
from tests.withdrawn import log_everything
from tests.world import body_of

PARTNER = "example-social"
CASES, NAMED = 150, 100
"""As 1,500 are to the 1,000 that a hash knows by name; those would take minutes."""

NUMBERS = [number_of(f"{nth:019d}".replace("0", "Z")) for nth in range(CASES)]


@pytest.fixture(autouse=True)
def _one_takes_part(tmp_path: Path) -> Iterator[None]:
    with registered(tmp_path, {"id": PARTNER, "name": PARTNER}):
        yield


def of(memory: Memory) -> BankHash | None:
    return memory.app("looker").store.bank.by_signal([signal(0)]).get(signal(0))


def states(memory: Memory, number: str) -> dict[str, int]:
    told: Any = body_of(case_status(credentials(number), memory.app("status")))["companies"]
    [company] = [one for one in told if one["id"] == PARTNER]
    return {state: count for state, count in company["states"].items() if count}


def answer(memory: Memory, value: str) -> None:
    item = {"hashValue": pdq(0), "feedbackValue": value}
    request = SubmittedFeedback.model_validate({"count": 1, "hashFeedbacks": [item]})
    submit_feedback(PARTNER, request, memory.app("feedback"))


def crowded(cases: int) -> BankHash:
    item = fresh(now=1_800_000_000)
    for nth in range(cases):
        item = item.linked(f"{nth:022d}", 1_800_000_000)
    return item


def test_many_cases_that_come_and_go_in_any_order_leave_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bank, "MOST_LINKS", NAMED)
    memory = Memory()
    for number in NUMBERS:
        create_case(new_case(1, number=number), memory.app("create"))
    answer(memory, "Blocked")
    item = of(memory)
    assert item
    assert (len(item.links), item.crowd.count) == (NAMED, CASES - NAMED)
    leaving = random.Random(4).sample(NUMBERS, CASES)  # noqa: S311 - a seed
    for number in leaving[:-1]:
        withdraw(credentials(number), memory.app("withdraw"))
    item = of(memory)
    assert item
    assert item.status is Status.ACTIVE, "the last one still stands behind it"
    withdraw(credentials(leaving[-1]), memory.app("withdraw"))
    item = of(memory)
    assert item
    assert (item.status, item.crowd.count) == (Status.WITHDRAWN, 0)
    log_everything(memory.app("sequencer"))
    memory.now += 91 * DAY
    purge(memory.app("purge"))

    assert of(memory) is None
    assert purge(memory.app("purge")).forgotten == 0


@pytest.mark.parametrize("seed", range(20))
def test_each_case_of_a_crowd_reads_its_own_and_the_hash_goes_with_the_last(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bank, "MOST_LINKS", 2)
    memory, chance = Memory(), random.Random(seed)  # noqa: S311 - a seed
    numbers = NUMBERS[:5]
    for number in numbers:
        create_case(new_case(1, number=number), memory.app("create"))
        create_case(new_case(1, number=number), memory.app("create"))
    log_everything(memory.app("sequencer"))
    assert [states(memory, number) for number in numbers] == [{"not_asked": 1}] * 5
    answer(memory, "Blocked")
    assert [states(memory, number) for number in numbers] == [{"removed": 1}] * 5
    chance.shuffle(numbers)
    for gone, number in enumerate(numbers, 1):
        memory.now += DAY
        for _ in range(2):
            withdraw(credentials(number), memory.app("withdraw"))
        assert states(memory, number) == {"withdrawal_sent": 1}
        item = of(memory)
        assert item
        assert (item.status is Status.WITHDRAWN) == (gone == len(numbers))
        answer(memory, "Withdrawn")
        assert states(memory, number) == {"withdrawal_confirmed": 1}
        left = [states(memory, one) for one in numbers[gone:]]
        assert left == [{"removed": 1}] * len(left)
    log_everything(memory.app("sequencer"))
    memory.now += 34 * DAY
    purge(memory.app("purge"))
    assert of(memory), "35 days have not passed since it was withdrawn"
    memory.now += 57 * DAY
    purge(memory.app("purge"))

    assert of(memory) is None


def test_an_answer_after_a_counted_case_is_news_to_that_case(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(bank, "MOST_LINKS", 1)
    memory = Memory()
    create_case(new_case(1, number=NUMBERS[0]), memory.app("create"))
    answer(memory, "Blocked")
    create_case(new_case(1, number=NUMBERS[1]), memory.app("create"))
    assert states(memory, NUMBERS[1]) == {"not_asked": 1}
    answer(memory, "Blocked")

    assert states(memory, NUMBERS[1]) == {"removed": 1}


def test_partners_are_shown_the_links_that_have_names_and_no_others() -> None:
    item = crowded(bank.MOST_LINKS + 5)

    assert len(record(Entry(0, item), PARTNER, bytes(32))["caseNumbers"]) == bank.MOST_LINKS


def test_the_largest_hash_fits_and_as_many_as_are_written_at_once() -> None:
    item = crowded(10 * bank.MOST_LINKS)
    for nth in range(bank.MOST_LINKS):
        item = item.unlinked(f"{nth:022d}", 1_800_000_000)
    assert size(encode(stored_bank._item(item))) < 80 * 1_024
    for nth in range(300):
        item = item.answered(f"a-platform-{nth:03d}", FeedbackValue.NOT_BLOCKED, ("dup", "news"), 0)
    for _ in range(9 * bank.MOST_LINKS):
        item = item.less_crowded(1_800_000_000)
    largest = size(encode(stored_bank._item(item)))

    assert item.status is Status.WITHDRAWN
    assert largest < LARGEST_ITEM / 2
    assert largest * stored_bank.HASHES_A_TRANSACTION < LARGEST_TRANSACTION
