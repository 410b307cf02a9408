"""POST /cases/status."""

from datetime import date

import pytest

from functions.create_case.handler import create_case
from functions.shared.errors import InvalidRequest, UnknownCase
from functions.shared.partners import partners
from functions.shared.progress import State
from functions.status.handler import case_status
from functions.withdraw.handler import withdraw
from tests.people import NUMBER, OTHER_NUMBER, credentials, new_case
from tests.world import AppFor, World, body_of

CREATE, STATUS, WITHDRAW = "create_case.handler", "status.handler", "withdraw.handler"


def test_a_person_sees_every_company_and_every_state(app_for: AppFor) -> None:
    create_case(new_case(3), app_for(CREATE))
    told = body_of(case_status(credentials(), app_for(STATUS)))

    assert (told["status"], told["signals"]) == ("Active", 3)
    assert [(one["id"], one["name"]) for one in told["companies"]] == [
        (partner.id, partner.name) for partner in partners()
    ]
    for company in told["companies"]:
        assert set(company["states"]) == {state.value for state in State}
        assert sum(company["states"].values()) == 3
        assert company["not_taken"] == 0


def test_only_the_day_of_a_case_is_known(app_for: AppFor, somewhere: World) -> None:
    create_case(new_case(1), app_for(CREATE))
    told = body_of(case_status(credentials(), app_for(STATUS)))

    assert told["since"] == date(2027, 1, 15).isoformat()
    [case] = [item for item in somewhere.items("cases") if item["sk"]["S"] == "case"]
    assert case["since"]["S"] == "2027-01-15"


def test_looking_changes_nothing(app_for: AppFor, somewhere: World) -> None:
    create_case(new_case(1), app_for(CREATE))
    before = somewhere.items("bank"), somewhere.items("cases")
    case_status(credentials(), app_for(STATUS))

    assert (somewhere.items("bank"), somewhere.items("cases")) == before


def test_a_withdrawn_case_can_still_be_followed(app_for: AppFor) -> None:
    create_case(new_case(2), app_for(CREATE))
    withdraw(credentials(), app_for(WITHDRAW))
    told = body_of(case_status(credentials(), app_for(STATUS)))

    assert (told["status"], told["signals"]) == ("Withdrawn", 2)
    assert [one["states"]["withdrawal_sent"] for one in told["companies"]] == [2] * len(partners())


def test_a_case_sees_its_own_hashes_only(app_for: AppFor) -> None:
    create_case(new_case(2), app_for(CREATE))
    create_case(new_case(3, first=1, number=OTHER_NUMBER), app_for(CREATE))

    assert body_of(case_status(credentials(), app_for(STATUS)))["signals"] == 2


def test_nobody_else_sees_a_case(app_for: AppFor) -> None:
    create_case(new_case(1), app_for(CREATE))
    for attempt in (credentials(pin="00000000"), credentials(number=OTHER_NUMBER)):
        with pytest.raises(UnknownCase):
            case_status(attempt, app_for(STATUS))
    with pytest.raises(InvalidRequest):
        case_status(credentials(number=NUMBER[::-1]), app_for(STATUS))
