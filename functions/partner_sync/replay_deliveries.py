"""POST /v1/deliveries/replay: a partner asks to be told again."""

from http import HTTPStatus
from typing import Annotated, Any, Literal

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, ConfigDict, Field, StrictInt

from functions.partner_sync.replays import Replayed, replay_from, replay_ids, replay_parked
from functions.partner_sync.wire import MOST_ITEMS, PARTNER_KEYS, PARTNERS_TAG
from functions.shared.app import App, app
from functions.shared.deliveries import DAY
from functions.shared.documented import BODY_PROBLEMS, KEY_PROBLEMS, answers
from functions.shared.errors import InvalidRequest
from functions.shared.http import answer, caller, resolver, serve
from functions.shared.partners import SANDBOX

routes = resolver()

LATEST = 10**12 - 1
"""Seconds since 1970 in as many digits as a feed's startTimestamp may have."""

EventId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_]{1,80}$")]


class Replay(BaseModel):
    """What to be told again: exactly one of these."""

    model_config = ConfigDict(extra="forbid", use_attribute_docstrings=True)

    ids: Annotated[list[EventId], Field(min_length=1, max_length=MOST_ITEMS)] | None = None
    """Of deliveries that wait or are parked. Others are passed over and not counted."""
    state: Literal["parked"] | None = None
    """All that are parked, up to 1,000 in one call."""
    startTimestamp: Annotated[StrictInt, Field(ge=0, le=LATEST)] | None = None  # noqa: N815
    """All changes that the feed shows from here on, taken or not."""


class ReplayedDeliveries(BaseModel):
    """What is due now. The next minute tries it, and goes on by the schedule if that is in vain."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    count: int
    """How many deliveries that are."""
    nextStartTimestamp: int | None  # noqa: N815
    """Of a replay by time: ask again from here, until it is null."""
    hasMoreRecords: bool  # noqa: N815
    """Whether to ask again: one call does a part only."""


@routes.post(
    "/v1/deliveries/replay",
    summary="Be notified again",
    description="Asking twice does it once. An endpoint that is disabled is enabled again.",
    tags=PARTNERS_TAG,
    security=PARTNER_KEYS,
    responses=answers(
        HTTPStatus.OK, ReplayedDeliveries, *BODY_PROBLEMS, *KEY_PROBLEMS, InvalidRequest
    ),
)
def post(request: Annotated[Replay, Body()]) -> Response[ReplayedDeliveries]:
    return replay_deliveries(caller(routes), request, app())


def replay_deliveries(partner: str, request: Replay, app: App) -> Response[Any]:
    """Make deliveries due, with their whole schedule before them. Asking twice does it once.

    Who asks has an endpoint again: one that is disabled is enabled before anything else, so that
    what is logged meanwhile is not dropped.

    Raises:
        InvalidRequest: not exactly one thing is asked for, or a time in the future.
    """
    if len(request.model_dump(exclude_none=True)) != 1:
        raise InvalidRequest("Send exactly one of ids, state and startTimestamp.")
    done = Replayed(0) if partner == SANDBOX else _replay(partner, request, app)
    return answer(
        HTTPStatus.OK,
        {"count": done.count, "nextStartTimestamp": done.then, "hasMoreRecords": done.more},
    )


def _replay(partner: str, request: Replay, app: App) -> Replayed:
    start, now = request.startTimestamp, app.now()
    if start is not None and start > now + DAY and start > app.store.log.tail().ts + DAY:
        raise InvalidRequest("This lies in the future.", field="startTimestamp")
    store = app.store.endpoints
    store.change(partner, store.get(partner), lambda endpoint: endpoint.enabled(now))
    if start is not None:
        return replay_from(partner, start, app)
    if request.ids is not None:
        return replay_ids(partner, request.ids, app)
    return replay_parked(partner, app)


handler = serve(routes, endpoint="ReplayDeliveries")
