"""POST /cases/status."""

from datetime import date

import pytest

from functions.create_case.handler import create_case
from functions.partner_sync.fetch_hashes import fetch_hashes
from functions.partner_sync.sequence import sequence
from functions.shared.bank import FeedbackValue
from functions.shared.errors import InvalidRequest, UnknownCase
from functions.shared.partners import partners
from functions.shared.progress import PATIENCE, State
from functions.status.handler import case_status
from functions.withdraw.handler import withdraw
from infrastructure.routes import SEQUENCER
from tests.hashes import signal
from tests.people import NUMBER, OTHER_NUMBER, credentials, new_case
from tests.rights import session
from tests.world import AppFor, World, body_of

CREATE, STATUS, WITHDRAW = "create_case.handler", "status.handler", "withdraw.handler"
FETCH, FEEDBACK = "partner_sync.fetch_hashes", "partner_sync.submit_feedback"
PARTNER = "example-social"
DAY = 86_400


def states(app_for: AppFor) -> dict[str, int]:
    """Return how many hashes stand where with the example partner, without the empty states."""
    companies = body_of(case_status(credentials(), app_for(STATUS)))["companies"]
    [told] = [one["states"] for one in companies if one["id"] == PARTNER]
    return {state: count for state, count in told.items() if count}


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


def test_a_company_that_never_fetches_gives_no_answer_after_a_week(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(2), app_for(CREATE))
    told = []
    for _ in range(2):
        somewhere.now += PATIENCE / 2 + 1
        told.append(states(app_for))

    assert told == [{"not_asked": 2}, {"no_answer": 2}]
    app_for(FETCH).store.partners.acknowledge(PARTNER, int(somewhere.now))
    assert states(app_for) == {"received": 2}, "late, but it came"


def test_a_company_that_names_a_time_to_come_has_not_received_what_comes_until_then(
    app_for: AppFor, somewhere: World
) -> None:
    fetch_hashes(PARTNER, int(somewhere.now) + 80_000, 100, "", app_for(FETCH))
    somewhere.now += 60_000
    create_case(new_case(1), app_for(CREATE))

    assert states(app_for) == {"not_asked": 1}


def test_a_company_has_not_received_a_new_report_because_the_log_was_once_ahead(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(1, number=OTHER_NUMBER, first=50), app_for(CREATE))
    somewhere.now += DAY
    sequence(app_for(SEQUENCER))
    somewhere.now -= DAY
    fetched = fetch_hashes(PARTNER, 10, 100, "", app_for(FETCH))
    fetch_hashes(PARTNER, body_of(fetched)["nextSetTimestamp"], 100, "", app_for(FETCH))
    somewhere.now += 3600
    create_case(new_case(1), app_for(CREATE))

    assert states(app_for) == {"not_asked": 1}


def test_a_withdrawal_that_nobody_confirms_has_no_answer_after_a_week(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(2), app_for(CREATE))
    somewhere.now += 3 * PATIENCE
    withdraw(credentials(), app_for(WITHDRAW))
    assert states(app_for) == {"withdrawal_sent": 2}, "the week begins with the withdrawal"
    somewhere.now += PATIENCE + 1
    assert states(app_for) == {"no_answer": 2}
    bank = app_for(FEEDBACK).store.bank
    [item] = bank.by_signal([signal(0)]).values()
    bank.write([item.answered(PARTNER, FeedbackValue.WITHDRAWN, (), int(somewhere.now))])

    assert states(app_for) == {"withdrawal_confirmed": 1, "no_answer": 1}


def test_a_hash_that_is_erased_is_no_longer_told_of(app_for: AppFor, somewhere: World) -> None:
    create_case(new_case(2), app_for(CREATE))
    withdraw(credentials(), app_for(WITHDRAW))
    [erased] = app_for(FEEDBACK).store.bank.by_signal([signal(0)]).values()
    session().client("dynamodb").delete_item(
        TableName=somewhere.env["BANK_TABLE"],
        Key={"pk": {"S": f"hash#{erased.id}"}, "sk": {"S": "hash"}},
    )

    told = body_of(case_status(credentials(), app_for(STATUS)))
    assert (told["signals"], states(app_for)) == (1, {"withdrawal_sent": 1})


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
