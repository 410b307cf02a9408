"""POST /cases/status: tell a person where each company stands with their case."""

from datetime import date
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel

from functions.shared.access import Owner, owner_of
from functions.shared.app import App, app
from functions.shared.bank import BankHash, Link, Status
from functions.shared.documented import BODY_PROBLEMS, answers
from functions.shared.errors import InvalidRequest, UnknownCase
from functions.shared.holdings import holdings
from functions.shared.http import answer, resolver, serve
from functions.shared.models import Credentials
from functions.shared.partners import Partner, partners
from functions.shared.progress import State, sent_to, states

routes = resolver()


class Company(BaseModel):
    """One company that takes part, and how many of the case's signals stand where with it."""

    id: str
    name: str
    states: dict[State, int]
    not_taken: int
    """How many it is not sent at all, because it does not look for signals of their types."""


class CaseStatus(BaseModel):
    """A case as its owner sees it."""

    status: Status
    since: date
    signals: int
    companies: list[Company]


@routes.post(
    "/cases/status",
    summary="Follow a case",
    tags=["People"],
    responses=answers(HTTPStatus.OK, CaseStatus, *BODY_PROBLEMS, UnknownCase, InvalidRequest),
)
def post(request: Annotated[Credentials, Body()]) -> Response[CaseStatus]:
    return case_status(request, app())


def case_status(request: Credentials, app: App) -> Response[Any]:
    """Return the case's status, company by company.

    Raises:
        InvalidRequest: not a case number.
        UnknownCase: no case of that number, or another PIN.
    """
    owner = owner_of(app, request.number, request.pin)
    case = owner.case
    linked = _linked(app, owner)
    acknowledged = app.store.partners.acknowledged()
    companies = [
        _company(one, linked, acknowledged.get(one.id, 0), app.now()) for one in partners()
    ]
    return answer(
        HTTPStatus.OK,
        {
            "status": case.status,
            "since": case.since,
            "signals": len(linked),
            "companies": companies,
        },
    )


def _company(
    partner: Partner, linked: list[tuple[BankHash, Link]], acknowledged: int, now: int
) -> dict[str, Any]:
    sent = sent_to(linked, partner.signal_types)
    return {
        "id": partner.id,
        "name": partner.name,
        "states": states(sent, partner.id, acknowledged, now),
        "not_taken": len(linked) - len(sent),
    }


def _linked(app: App, owner: Owner) -> list[tuple[BankHash, Link]]:
    held = holdings(app, owner)
    hashes = app.store.bank.by_id(hash_id for hash_id, _ in held)
    return [
        (hashes[hash_id], link)
        for (hash_id, link_id), counted in held.items()
        if hash_id in hashes and (link := counted or hashes[hash_id].links.get(link_id))
    ]


handler = serve(routes)
