"""GET /v1/deliveries: what a partner was told of and has not taken, and how its endpoint does."""

from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BaseModel, ConfigDict

from functions.partner_sync.wire import PARTNER_KEYS, PARTNERS_TAG, PageSize
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

USUAL_PAGE = 100


class Described(BaseModel):
    """A shape whose fields say what they are, in the OpenAPI document too."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class EndpointHealth(Described):
    """How the partner's endpoint does. Times are seconds since 1970."""

    transport: str | None
    """How the partner is told: sqs, sns or webhook."""
    state: EndpointState
    """working; failing: the last attempt was in vain, and others go on; disabled: it answered 410,
    and what happens now is dropped until a replay."""
    since: int | None
    """Since when it is in this state. null: it never was in another."""
    lastDelivered: int | None  # noqa: N815 - the wire's name
    """When it took something last, to the minute."""
    missedFrom: int | None  # noqa: N815
    """Changes were dropped from this second on, while it was disabled: replay from here."""


class KeptDelivery(Described):
    """A notification that was not taken yet."""

    id: str
    """The id of the notification, at every attempt the same."""
    state: DeliveryState
    """waiting: it is tried again by itself; parked: after three days, only when it is replayed."""
    signalType: str  # noqa: N815
    """What its changes are of."""
    cursor: int
    """A fetch with this startTimestamp shows what it tells of."""
    changes: int
    """How many changes it names."""
    createdTimestamp: int  # noqa: N815
    """When it was kept first."""
    attempts: int
    """Attempts in vain since it was created, or replayed last."""
    nextAttemptTimestamp: int | None  # noqa: N815
    """Not before then is it tried. null: it is parked."""
    lastError: str | None  # noqa: N815
    """Why the last attempt was in vain, in our words. null: none was made yet."""


class KeptDeliveries(Described):
    """One page. Ask again with the token while `hasMoreRecords`."""

    endpoint: EndpointHealth
    """How it does now."""
    count: int
    """How many there are on this page."""
    nextPageToken: str | None  # noqa: N815
    """For the next page, within an hour."""
    hasMoreRecords: bool  # noqa: N815
    """Whether there is one."""
    deliveries: list[KeptDelivery]
    """Parked ones first; each kind in the order of the feed."""


@routes.get(
    "/v1/deliveries",
    summary="List notifications that did not get through",
    description="What the partner was told of and did not take, and how its endpoint does.",
    tags=PARTNERS_TAG,
    security=PARTNER_KEYS,
    responses=answers(HTTPStatus.OK, KeptDeliveries, BadParameter, *KEY_PROBLEMS),
)
def get(
    state: Annotated[DeliveryState | None, Query(description="Only of this state.")] = None,
    pageSize: Annotated[  # noqa: N803
        PageSize, Query(ge=1, description="At most 1000; more is taken as that.")
    ] = USUAL_PAGE,
    nextPageToken: Annotated[  # noqa: N803
        str, Query(max_length=512, description="From the page before, asked with the same state.")
    ] = "",
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
