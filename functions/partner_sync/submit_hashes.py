"""POST /v1/SubmitHashes: hashes that a partner found itself."""

from collections import defaultdict
from collections.abc import Mapping
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel, ConfigDict, Field, StrictInt

from functions.partner_sync.answers import Answer, after, parse_answer
from functions.partner_sync.tenant import bank_of
from functions.partner_sync.wire import (
    MOST_ITEMS,
    PARTNER_KEYS,
    PARTNERS_TAG,
    Results,
    SentFeedback,
    check_count,
    invalid,
)
from functions.shared import signals as signal_forms
from functions.shared.app import App, app
from functions.shared.bank import BankHash, unpublished
from functions.shared.disputes import weighed
from functions.shared.documented import BODY_PROBLEMS, KEY_PROBLEMS, answers
from functions.shared.errors import InvalidRequest
from functions.shared.http import answer as respond
from functions.shared.http import caller, resolver, serve
from functions.shared.partners import partner_ids
from functions.shared.signals import Signal

routes = resolver()

TYPE_PREFIX = "StopNCIISignalType."
"""The published client sends the name of its enum along."""


class SubmittedHash(BaseModel):
    """A hash and what the partner says about it. Its clock and its `source` are not believed."""

    model_config = ConfigDict(extra="ignore")

    signalType: str  # noqa: N815 - the wire's name
    hashValue: str  # noqa: N815
    CSPFeedbacks: list[SentFeedback] = []
    """At most one; with more, the item alone is refused."""


class SubmittedHashes(BaseModel):
    """A list of hashes; each is stored or refused by itself."""

    model_config = ConfigDict(extra="ignore")

    count: StrictInt
    hashRecords: Annotated[list[SubmittedHash], Field(max_length=MOST_ITEMS)]  # noqa: N815


@routes.post(
    "/v1/SubmitHashes",
    summary="Submit own hashes",
    tags=PARTNERS_TAG,
    security=PARTNER_KEYS,
    responses=answers(HTTPStatus.OK, Results, *BODY_PROBLEMS, *KEY_PROBLEMS, InvalidRequest),
)
def post(request: Annotated[SubmittedHashes, Body()]) -> Response[Results]:
    return submit_hashes(caller(routes), request, app())


def submit_hashes(partner: str, request: SubmittedHashes, app: App) -> Response[Any]:
    """Put a partner's own hashes into the bank. The same hash again changes nothing.

    Of every known type, also of those that the partner does not take: others may look for them,
    and the answer is the same whether the bank had the hash or not.

    Raises:
        InvalidRequest: the list is not as long as `count` says.
    """
    check_count(request.count, request.hashRecords)
    results: list[dict[str, Any]] = []
    wanted: defaultdict[Signal, list[Answer]] = defaultdict(list)
    for index, item in enumerate(request.hashRecords):
        try:
            signal, given = _parse(item)
        except InvalidRequest as refused:
            results.append(invalid(index, refused))
        else:
            wanted[signal] += given
            results.append({"index": index, "result": "stored"})
    _store_all(app, partner, wanted)
    return respond(HTTPStatus.OK, {"count": request.count, "results": results})


def _parse(item: SubmittedHash) -> tuple[Signal, list[Answer]]:
    signal = signal_forms.parse(item.signalType.removeprefix(TYPE_PREFIX), item.hashValue.strip())
    if len(item.CSPFeedbacks) > 1:
        raise InvalidRequest("At most one answer for each hash.", field="CSPFeedbacks")
    return signal, [parse_answer(one.feedbackValue, one.tags) for one in item.CSPFeedbacks]


def _store_all(app: App, partner: str, wanted: Mapping[Signal, list[Answer]]) -> None:
    def vouch(signal: Signal, found: BankHash | None) -> BankHash | None:
        item = found or unpublished(signal, app.new_id(), app.now())
        vouched = _vouched(item, partner, wanted[signal], app.now())
        return weighed(vouched, app.disputed_after, partner_ids()) if vouched else None

    bank_of(app, partner).change(list(wanted), vouch)


def _vouched(item: BankHash, partner: str, given: list[Answer], now: int) -> BankHash | None:
    """Return the hash's next version, or nothing if the partner said all this before."""
    vouched = item if partner in item.submitters else item.vouched(partner, None, now)
    vouched = after(vouched, partner, given, now)
    return None if vouched is item else vouched.in_one_step_from(item)


handler = serve(routes, endpoint="SubmitHashes")
