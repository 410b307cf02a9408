"""GET /v1/deliveries: what a partner was told of and has not taken, and how its endpoint does."""

from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BaseModel, BeforeValidator

from functions.partner_sync.wire import PARTNER_KEYS, PARTNERS_TAG, digits
from functions.shared.app import App, app
from functions.shared.deliveries import Delivery, DeliveryState
from functions.shared.documented import KEY_PROBLEMS, answers
from functions.shared.endpoint import Endpoint, EndpointState
from functions.shared.errors import BadParameter
from functions.shared.http import answer, caller, resolver, serve
from functions.shared.partners import SANDBOX, partners
from functions.shared.seal import Broken, Seal
from functions.shared.store.delivery_items import place

routes = resolver()

LARGEST_PAGE = 1_000
USUAL_PAGE = 100

WholeNumber = Annotated[int, BeforeValidator(digits)]


class EndpointHealth(BaseModel):
    """How the partner's endpoint does. Times are seconds since 1970."""

    transport: str | None
    state: EndpointState
    since: int | None
    lastDelivered: int | None  # noqa: N815 - the wire's name
    missedFrom: int | None  # noqa: N815
    """What was dropped while the endpoint was disabled: replay from here."""


class KeptDelivery(BaseModel):
    """A notification that was not taken yet."""

    id: str
    state: DeliveryState
    signalType: str  # noqa: N815
    cursor: int
    changes: int
    createdTimestamp: int  # noqa: N815
    attempts: int
    nextAttemptTimestamp: int | None  # noqa: N815
    lastError: str | None  # noqa: N815


class KeptDeliveries(BaseModel):
    """One page. Ask again with the token while `hasMoreRecords`."""

    endpoint: EndpointHealth
    count: int
    nextPageToken: str | None  # noqa: N815
    hasMoreRecords: bool  # noqa: N815
    deliveries: list[KeptDelivery]


@routes.get(
    "/v1/deliveries",
    summary="List notifications that did not get through",
    tags=PARTNERS_TAG,
    security=PARTNER_KEYS,
    responses=answers(HTTPStatus.OK, KeptDeliveries, BadParameter, *KEY_PROBLEMS),
)
def get(
    state: Annotated[DeliveryState | None, Query()] = None,
    pageSize: Annotated[WholeNumber, Query(ge=1)] = USUAL_PAGE,  # noqa: N803
    nextPageToken: Annotated[str, Query(max_length=512)] = "",  # noqa: N803
) -> Response[KeptDeliveries]:
    return list_deliveries(caller(routes), state, pageSize, nextPageToken, app())


def list_deliveries(
    partner: str, state: DeliveryState | None, size: int, token: str, app: App
) -> Response[Any]:
    """Return a page of this partner's deliveries: parked ones first, each kind in the log's order.

    One that moves while the pages are read may be in none of them, or in two.

    Raises:
        BadParameter: the token is not of this partner and state.
    """
    if partner == SANDBOX:
        return answer(HTTPStatus.OK, _body(partner, Endpoint(), [], None))
    size = min(size, LARGEST_PAGE)
    seal = Seal(app.mac.derived_key("delivery tokens"), partner)
    after = _opened(seal, token, state, app.now()) if token else ""
    found = app.store.deliveries.page(partner, state, after, size + 1)
    page, more = found[:size], len(found) > size
    then = seal.seal((state, place(page[-1].state, page[-1].id)), app.now()) if more else None
    return answer(HTTPStatus.OK, _body(partner, app.store.endpoints.get(partner), page, then))


def _opened(seal: Seal, token: str, state: DeliveryState | None, now: int) -> str:
    """Return the place behind which a token goes on."""
    try:
        of_state, after = seal.open(token, now)
    except Broken as broken:
        raise BadParameter(str(broken), field="nextPageToken") from None
    if of_state != state:
        raise BadParameter("The token is of another state.", field="nextPageToken")
    return str(after)


def _body(
    partner: str, endpoint: Endpoint, page: list[Delivery], token: str | None
) -> dict[str, Any]:
    kinds = (one.transport["kind"] for one in partners() if one.id == partner)
    return {
        "endpoint": {
            "transport": next(kinds, None),
            "state": endpoint.state,
            "since": endpoint.since,
            "lastDelivered": endpoint.last_delivered,
            "missedFrom": endpoint.missed_from,
        },
        "count": len(page),
        "nextPageToken": token,
        "hasMoreRecords": token is not None,
        "deliveries": [_shown(delivery) for delivery in page],
    }


def _shown(delivery: Delivery) -> dict[str, Any]:
    waits = delivery.state is DeliveryState.WAITING
    return {
        "id": delivery.id,
        "state": delivery.state,
        "signalType": delivery.notification.signal_type,
        "cursor": delivery.cursor,
        "changes": delivery.changes,
        "createdTimestamp": delivery.created,
        "attempts": delivery.attempts,
        "nextAttemptTimestamp": delivery.due if waits else None,
        "lastError": delivery.error,
    }


handler = serve(routes, endpoint="Deliveries")
