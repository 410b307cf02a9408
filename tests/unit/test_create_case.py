"""POST /cases."""

from contextlib import suppress
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from functions.create_case.handler import create_case
from functions.shared.bank import Status
from functions.shared.cases import STUB_DAYS
from functions.shared.errors import CaseWithdrawn, DifferentBody, InvalidRequest, NumberTaken
from functions.shared.models import NewCase
from functions.shared.signals import SIGNAL_TYPES, Origin
from functions.shared.store.cases import ADDITIONS_A_TRANSACTION
from functions.status.handler import case_status
from functions.withdraw.handler import withdraw
from tests.faults import interrupt, lose_answer
from tests.hashes import signal
from tests.people import NUMBER, OTHER_NUMBER, PIN, credentials, new_case
from tests.world import AppFor, World, body_of

UPRIGHT, TURNED = SIGNAL_TYPES["ImagePDQ"]["variants"][:2]
DAY = 86_400
CREATE, STATUS, WITHDRAW = "create_case.handler", "status.handler", "withdraw.handler"


def test_a_case_is_stored_whole(app_for: AppFor) -> None:
    answer = create_case(new_case(3), app_for(CREATE))

    assert answer.status_code == 201
    assert body_of(answer) == {"status": "Active", "received": 3, "total": 3}
    assert body_of(case_status(credentials(), app_for(STATUS)))["signals"] == 3


def test_the_same_case_again_gets_the_same_answer_and_changes_nothing(
    app_for: AppFor, somewhere: World
) -> None:
    first = create_case(new_case(3), app_for(CREATE))
    before = somewhere.items("bank"), somewhere.items("cases")
    again = create_case(new_case(3), app_for(CREATE))

    assert (again.status_code, again.body) == (first.status_code, first.body)
    assert (somewhere.items("bank"), somewhere.items("cases")) == before


def test_a_retry_does_not_revive_a_withdrawn_case(app_for: AppFor) -> None:
    create_case(new_case(), app_for(CREATE))
    withdraw(credentials(), app_for(WITHDRAW))

    again = create_case(new_case(), app_for(CREATE))

    assert body_of(again)["status"] == Status.WITHDRAWN


def test_nothing_new_can_be_added_to_a_withdrawn_case(app_for: AppFor) -> None:
    create_case(new_case(1, total=2), app_for(CREATE))
    withdraw(credentials(), app_for(WITHDRAW))

    with pytest.raises(CaseWithdrawn):
        create_case(new_case(1, first=1, total=2, offset=1), app_for(CREATE))


def test_a_late_retry_of_any_chunk_gets_the_same_answer_for_as_long_as_the_case_is_known(
    app_for: AppFor, somewhere: World
) -> None:
    chunks = [new_case(3, first=first, total=6, offset=first) for first in (0, 3)]
    for chunk in chunks:
        create_case(chunk, app_for(CREATE))
    withdraw(credentials(), app_for(WITHDRAW))
    before = somewhere.items("bank"), somewhere.items("cases")
    for days in (0, 1, 29):
        somewhere.now += days * DAY
        answers = [create_case(chunk, app_for(CREATE)) for chunk in chunks]
        assert [body_of(one) for one in answers] == [
            {"status": "Withdrawn", "received": 6, "total": 6}
        ] * 2

    assert (somewhere.items("bank"), somewhere.items("cases")) == before


def test_a_chunk_whose_acknowledgement_was_lost_and_that_was_withdrawn_is_answered_and_not_revived(
    app_for: AppFor, somewhere: World
) -> None:
    app = app_for(CREATE)
    lose_answer(app.store.client, "TransactWriteItems")
    with pytest.raises(ReadTimeoutError):
        create_case(new_case(30), app)
    withdraw(credentials(), app_for(WITHDRAW))
    before = somewhere.items("bank")

    with pytest.raises(CaseWithdrawn):
        create_case(new_case(30), app_for(CREATE))
    assert somewhere.items("bank") == before


@pytest.mark.parametrize("operation", ["GetItem", "BatchGetItem", "TransactWriteItems"])
@pytest.mark.parametrize("skipped", range(4))
def test_a_withdrawal_at_any_moment_of_a_retry_leaves_nothing_active(
    app_for: AppFor, operation: str, skipped: int
) -> None:
    create_case(new_case(2, total=27), app_for(CREATE))
    app = app_for(CREATE, "late")
    moments = iter([*[False] * skipped, True])

    def withdrawn() -> None:
        if next(moments, False):
            withdraw(credentials(), app_for(WITHDRAW))

    interrupt(app.store.client, operation, withdrawn, times=skipped + 1)
    with suppress(CaseWithdrawn):
        create_case(new_case(27), app)
    withdraw(credentials(), app_for(WITHDRAW))

    found = app_for(CREATE).store.bank.by_signal(signal(seed) for seed in range(27))
    assert {item.status for item in found.values()} == {Status.WITHDRAWN}


def test_a_withdrawal_between_reading_a_case_and_its_links_is_not_another_body(
    app_for: AppFor,
) -> None:
    create_case(new_case(3), app_for(CREATE))
    app = app_for(CREATE, "late")
    interrupt(app.store.client, "BatchGetItem", lambda: withdraw(credentials(), app_for(WITHDRAW)))

    assert body_of(create_case(new_case(3), app))["received"] == 3


def test_a_number_is_as_good_as_new_once_the_withdrawn_case_is_gone(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(3), app_for(CREATE))
    withdraw(credentials(), app_for(WITHDRAW))
    somewhere.now += (STUB_DAYS + 1) * DAY

    answer = create_case(new_case(2, pin="11111111"), app_for(CREATE))
    assert body_of(answer) == {"status": "Active", "received": 2, "total": 2}
    told = body_of(case_status(credentials(pin="11111111"), app_for(STATUS)))
    assert (told["status"], told["signals"]) == ("Active", 2)
    withdraw(credentials(pin="11111111"), app_for(WITHDRAW))
    told = body_of(case_status(credentials(pin="11111111"), app_for(STATUS)))
    assert told["signals"] == 2


def test_the_same_number_with_another_pin_is_taken(app_for: AppFor) -> None:
    create_case(new_case(), app_for(CREATE))

    with pytest.raises(NumberTaken):
        create_case(new_case(pin="11111111"), app_for(CREATE))


def test_the_same_case_with_another_picture_is_refused(app_for: AppFor, somewhere: World) -> None:
    create_case(new_case(2), app_for(CREATE))
    before = somewhere.items("bank")

    with pytest.raises(DifferentBody):
        create_case(new_case(2, first=1), app_for(CREATE))
    with pytest.raises(DifferentBody):
        create_case(new_case(2, total=3), app_for(CREATE))
    assert somewhere.items("bank") == before


def test_chunks_add_up_and_a_replayed_one_changes_nothing(app_for: AppFor) -> None:
    for first in (0, 30, 0, 30, 60):
        answer = create_case(new_case(30, first=first, total=90, offset=first), app_for(CREATE))

    assert body_of(answer) == {"status": "Active", "received": 90, "total": 90}
    assert body_of(case_status(credentials(), app_for(STATUS)))["signals"] == 90


def test_a_chunk_that_leaves_a_gap_is_refused(app_for: AppFor) -> None:
    create_case(new_case(1, total=3), app_for(CREATE))

    with pytest.raises(InvalidRequest):
        create_case(new_case(1, first=2, total=3, offset=2), app_for(CREATE))


def test_a_picture_listed_twice_makes_one_link(app_for: AppFor) -> None:
    doubled = new_case(1, total=2).model_copy(
        update={"signals": new_case(1).signals + new_case(1).signals}
    )
    answer = create_case(doubled, app_for(CREATE))

    assert body_of(answer)["received"] == 2
    assert body_of(case_status(credentials(), app_for(STATUS)))["signals"] == 1


@pytest.mark.parametrize(
    ("said", "origin"),
    [
        ({}, Origin(UPRIGHT)),
        ({"variant": TURNED}, Origin(TURNED)),
        ({"variant": TURNED, "reduced": True}, Origin(TURNED, reduced=True)),
        ({"reduced": True}, Origin(UPRIGHT, reduced=True)),
    ],
)
def test_what_a_signal_was_made_from_is_kept_with_the_link_and_not_with_the_hash(
    app_for: AppFor, somewhere: World, said: dict[str, Any], origin: Origin
) -> None:
    create_case(saying(new_case(2), said), app_for(CREATE))

    assert origins(somewhere) == [origin, origin]
    assert "variant" not in repr(somewhere.items("bank"))
    assert "reduced" not in repr(somewhere.items("bank"))


def test_two_variants_of_one_value_make_one_link_and_the_first_counts(
    app_for: AppFor, somewhere: World
) -> None:
    upright, turned = (saying(new_case(1), {"variant": one}) for one in (UPRIGHT, TURNED))
    many = new_case(ADDITIONS_A_TRANSACTION + 3, first=1).signals
    symmetric = [*turned.signals, *many, *upright.signals]
    update = {"signals": symmetric, "total": len(symmetric)}
    answer = create_case(upright.model_copy(update=update), app_for(CREATE))

    assert body_of(answer)["received"] == len(symmetric)
    assert origins(somewhere).count(Origin(TURNED)) == 1
    assert len(origins(somewhere)) == len(symmetric) - 1


def test_a_replay_that_says_another_variant_gets_the_same_answer_and_changes_nothing(
    app_for: AppFor, somewhere: World
) -> None:
    first = create_case(new_case(3), app_for(CREATE))
    before = somewhere.items("bank"), somewhere.items("cases")
    other = saying(new_case(3), {"variant": TURNED, "reduced": True})
    again = create_case(other, app_for(CREATE))

    assert (again.status_code, again.body) == (first.status_code, first.body)
    assert (somewhere.items("bank"), somewhere.items("cases")) == before


def saying(case: NewCase, said: dict[str, Any]) -> NewCase:
    """Return the same case with more said of each of its signals."""
    return case.model_copy(
        update={"signals": [one.model_copy(update=said) for one in case.signals]}
    )


def origins(somewhere: World) -> list[Origin]:
    """Return what the one stored case's signals were made from."""
    store = somewhere.app_for(STATUS).store.cases
    [key] = {item["pk"]["S"] for item in somewhere.items("cases")}
    return [link.origin for link in store.links(key)]


def test_a_known_hash_is_answered_like_a_new_one(app_for: AppFor) -> None:
    known = create_case(new_case(), app_for(CREATE))
    other = create_case(new_case(number=OTHER_NUMBER), app_for(CREATE))

    assert (known.status_code, known.body) == (other.status_code, other.body)


def test_every_hash_is_written_together_with_its_outbox_row(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(40), app_for(CREATE))

    keys = [item["pk"]["S"].split("#")[0] for item in somewhere.items("bank")]
    assert keys.count("hash") == keys.count("outbox") == keys.count("signal") == 40


def test_neither_number_nor_pin_is_stored(app_for: AppFor, somewhere: World) -> None:
    create_case(new_case(), app_for(CREATE))

    stored = repr(somewhere.items("cases") + somewhere.items("bank"))
    assert NUMBER not in stored
    assert PIN not in stored
