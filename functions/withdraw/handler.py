"""POST /cases/withdraw: take a case back, hash by hash, as often as it takes."""

from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel

from functions.shared.access import Owner, owner_of
from functions.shared.app import App, app
from functions.shared.bank import Status
from functions.shared.cases import STUB_DAYS, Case, end_of
from functions.shared.documented import BODY_PROBLEMS, answers
from functions.shared.errors import InvalidRequest, UnknownCase
from functions.shared.http import answer, resolver, serve
from functions.shared.models import Credentials
from functions.shared.receipts import public_key
from functions.shared.store.patience import until_it_holds
from functions.withdraw.emptying import empty

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
    owner = owner_of(app, request.number, request.pin)
    remaining = 0 if owner.case.expires else _go_on(app, _begun(app, owner))
    return answer(HTTPStatus.OK, {"status": Status.WITHDRAWN, "remaining": remaining})


def _go_on(app: App, case: Case) -> int:
    deadline = app.elapsed() + MOST_SECONDS
    return empty(app, case, lambda: app.elapsed() < deadline)


def _begun(app: App, owner: Owner) -> Case:
    """Return the case with its withdrawal begun: it goes on even if nobody ever comes back."""
    case = owner.case
    if case.status is Status.WITHDRAWN and case.receipt_key:
        return case
    case = replace(case, receipt_key=case.receipt_key or public_key(owner.secret, app.mac))
    case = replace(case, ends=case.ends or end_of(app.today(), STUB_DAYS))
    until_it_holds(partial(app.store.withdrawals.begin, case, app.today()))
    return replace(case, status=Status.WITHDRAWN)


handler = serve(routes)
