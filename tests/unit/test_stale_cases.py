"""A withdrawal that comes late leaves alone what has taken the place of its case."""

from dataclasses import replace
from typing import Any

import pytest

from functions.create_case.handler import create_case
from functions.shared.app import App
from functions.shared.bank import Status
from functions.shared.cases import STUB_DAYS, Case, CaseLink
from functions.shared.credentials import case_key
from functions.shared.errors import Conflict
from functions.shared.forgetting import DAY
from functions.withdraw.handler import withdraw
from tests.hashes import signal
from tests.people import NUMBER, credentials, new_case
from tests.rights import session
from tests.world import AppFor, World

CREATE, WITHDRAW = "create_case.handler", "withdraw.handler"


@pytest.fixture
def anything(somewhere: World) -> App:
    """Return an App that may do anything, to look at what is stored."""
    return somewhere.operator()


def stored_case(app: App) -> Case:
    case = app.store.cases.get(case_key(NUMBER, app.mac))
    assert case is not None
    return case


def everything(somewhere: World) -> tuple[Any, Any]:
    return somewhere.items("cases"), somewhere.items("bank")


def test_closing_leaves_another_case_that_took_the_number_alone(
    app_for: AppFor, somewhere: World, anything: App
) -> None:
    create_case(new_case(1), app_for(CREATE))
    withdraw(credentials(), app_for(WITHDRAW))
    stale = stored_case(anything)
    somewhere.now += (STUB_DAYS + 1) * DAY
    create_case(new_case(1), app_for(CREATE))
    before = everything(somewhere)

    with pytest.raises(Conflict):
        anything.store.withdrawals.close(stale, int(somewhere.now) + DAY)
    assert everything(somewhere) == before
    assert stored_case(anything).expires is None


def test_closing_a_case_that_is_gone_writes_nothing(
    app_for: AppFor, somewhere: World, anything: App
) -> None:
    create_case(new_case(1), app_for(CREATE))
    stale = stored_case(anything)
    session().client("dynamodb").delete_item(
        TableName=somewhere.env["CASES_TABLE"], Key={"pk": {"S": stale.key}, "sk": {"S": "case"}}
    )
    before = everything(somewhere)

    with pytest.raises(Conflict):
        anything.store.withdrawals.close(stale, int(somewhere.now) + DAY)
    assert everything(somewhere) == before


def test_beginning_leaves_another_case_that_took_the_number_alone(
    app_for: AppFor, somewhere: World, anything: App
) -> None:
    create_case(new_case(1), app_for(CREATE))
    stale = stored_case(anything)
    before = everything(somewhere)
    another = replace(stale, verifier=replace(stale.verifier, digest=b"of another PIN"))

    with pytest.raises(Conflict):
        anything.store.withdrawals.begin(another, anything.today())
    assert everything(somewhere) == before
    assert stored_case(anything).status is Status.ACTIVE


@pytest.mark.parametrize("gone", [False, True], ids=["replaced", "gone"])
def test_a_link_that_is_not_the_one_that_was_listed_is_not_taken_back(
    app_for: AppFor, somewhere: World, anything: App, gone: bool
) -> None:
    create_case(new_case(1), app_for(CREATE))
    case = stored_case(anything)
    [link] = anything.store.cases.links(case.key)
    stale = replace(link, link_id="of an earlier case")
    if gone:
        withdraw(credentials(), app_for(WITHDRAW))
    before = everything(somewhere)

    with pytest.raises(Conflict):
        take_back(anything, case, stale)
    assert everything(somewhere) == before


def take_back(app: App, case: Case, link: CaseLink) -> None:
    [item] = app.store.bank.by_signal([signal(0)]).values()
    changed = item.linked("another", app.now())
    app.store.withdrawals.take_back(case, [link], [changed], [], None)
