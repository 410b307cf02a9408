"""POST /cases/withdraw: take a case back, hash by hash, as often as it takes."""

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel

from functions.shared.access import owned_case
from functions.shared.app import App, app
from functions.shared.bank import BankHash, Status
from functions.shared.cases import CaseLink
from functions.shared.documented import BODY_PROBLEMS, answers
from functions.shared.errors import InvalidRequest, UnknownCase
from functions.shared.http import answer, resolver, serve
from functions.shared.models import Credentials
from functions.shared.store.bank import HASHES_A_TRANSACTION
from functions.shared.store.patience import until_it_holds

routes = resolver()

MOST_SECONDS = 15.0
"""Well inside API Gateway's 30; what is left then is for the next call."""


class Withdrawal(BaseModel):
    """How far a withdrawal has come. Call again while `remaining` is above 0."""

    status: Status
    remaining: int


@routes.post(
    "/cases/withdraw",
    summary="Withdraw a case",
    tags=["People"],
    responses=answers(HTTPStatus.OK, Withdrawal, *BODY_PROBLEMS, UnknownCase, InvalidRequest),
)
def post(request: Annotated[Credentials, Body()]) -> Response[Withdrawal]:
    return withdraw(request, app())


def withdraw(request: Credentials, app: App) -> Response[Any]:
    """Withdraw a case for good. Doing it twice is doing it once.

    Raises:
        InvalidRequest: not a case number.
        UnknownCase: no case of that number, or another PIN.
    """
    case = owned_case(app, request.number, request.pin)
    until_it_holds(lambda: app.store.cases.mark_withdrawn(case.key))
    remaining = _unlink_all(app, app.store.cases.links(case.key))
    return answer(HTTPStatus.OK, {"status": Status.WITHDRAWN, "remaining": remaining})


def _unlink_all(app: App, links: Sequence[CaseLink]) -> int:
    """Withdraw links until done or out of time; return how many are left."""
    deadline = app.clock() + MOST_SECONDS
    for first in range(0, len(links), HASHES_A_TRANSACTION):
        if app.clock() > deadline:
            return len(links) - first
        part = links[first : first + HASHES_A_TRANSACTION]
        until_it_holds(partial(_unlink, app, part))
    return 0


def _unlink(app: App, links: Sequence[CaseLink]) -> None:
    hashes = app.store.bank.by_id(link.hash_id for link in links)
    changed = [
        hashes[link.hash_id].unlinked(link.link_id, app.now())
        for link in links
        if link.hash_id in hashes and _live(hashes[link.hash_id], link.link_id)
    ]
    if changed:
        app.store.bank.write(changed)


def _live(item: BankHash, link_id: str) -> bool:
    return item.links[link_id].status is Status.ACTIVE


handler = serve(routes)
