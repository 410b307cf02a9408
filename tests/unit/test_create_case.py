"""POST /cases."""

import pytest

from functions.create_case.handler import create_case
from functions.shared.bank import Status
from functions.shared.errors import CaseWithdrawn, DifferentBody, InvalidRequest, NumberTaken
from functions.status.handler import case_status
from functions.withdraw.handler import withdraw
from tests.people import NUMBER, OTHER_NUMBER, PIN, credentials, new_case
from tests.world import AppFor, World, body_of

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
