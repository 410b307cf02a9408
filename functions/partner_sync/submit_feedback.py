"""POST /v1/SubmitFeedback: a partner's answers about hashes, by value."""

from collections import defaultdict
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
from functions.shared.app import App, app
from functions.shared.bank import CONFIRMATIONS, BankHash
from functions.shared.disputes import weighed
from functions.shared.documented import BODY_PROBLEMS, KEY_PROBLEMS, answers
from functions.shared.errors import InvalidRequest
from functions.shared.http import answer, caller, resolver, serve
from functions.shared.partners import partner_ids, signal_types_of
from functions.shared.signals import SIGNAL_TYPES, Signal, with_value

routes = resolver()


class HashFeedback(SentFeedback):
    """An answer about the hash of this value. White space around the value is ignored."""

    feedbackValue: str  # noqa: N815 - the wire's name
    hashValue: str  # noqa: N815


class SubmittedFeedback(BaseModel):
    """A list of answers; each is stored or refused by itself."""

    model_config = ConfigDict(extra="ignore")

    count: StrictInt
    hashFeedbacks: Annotated[list[HashFeedback], Field(max_length=MOST_ITEMS)]  # noqa: N815


@routes.post(
    "/v1/SubmitFeedback",
    summary="Answer about hashes",
    tags=PARTNERS_TAG,
    security=PARTNER_KEYS,
    responses=answers(HTTPStatus.OK, Results, *BODY_PROBLEMS, *KEY_PROBLEMS, InvalidRequest),
)
def post(request: Annotated[SubmittedFeedback, Body()]) -> Response[Results]:
    return submit_feedback(caller(routes), request, app())


def submit_feedback(partner: str, request: SubmittedFeedback, app: App) -> Response[Any]:
    """Store a partner's answers. The same answer again changes nothing.

    They reach hashes of the types that the partner takes. What it is not sent it neither judges
    nor learns of: such a value is answered as one that nobody has registered.

    Who says that it let go of a hash which it submitted itself, of whatever type, takes the
    submission back.

    Raises:
        InvalidRequest: the list is not as long as `count` says.
    """
    check_count(request.count, request.hashFeedbacks)
    results: dict[int, dict[str, Any]] = {}
    wanted: dict[int, tuple[tuple[Signal, ...], Answer]] = {}
    for index, item in enumerate(request.hashFeedbacks):
        try:
            given = parse_answer(item.feedbackValue, item.tags)
            wanted[index] = with_value(item.hashValue, SIGNAL_TYPES), given
        except InvalidRequest as refused:
            results[index] = invalid(index, refused)
    reached = _store_all(app, partner, list(wanted.values()))
    for index, (signals, _) in wanted.items():
        stored = "stored" if reached.intersection(signals) else "ignored"
        results[index] = {"index": index, "result": stored}
    return answer(
        HTTPStatus.OK, {"count": request.count, "results": [results[i] for i in sorted(results)]}
    )


def _store_all(
    app: App, partner: str, answers: list[tuple[tuple[Signal, ...], Answer]]
) -> set[Signal]:
    """Store the answers about hashes that are the partner's to answer; return which ones are."""
    reached: set[Signal] = set()
    taken = signal_types_of(partner)
    by_signal: defaultdict[Signal, list[Answer]] = defaultdict(list)
    for signals, given in answers:
        for signal in signals:
            by_signal[signal].append(given)

    def record(signal: Signal, found: BankHash | None) -> BankHash | None:
        given = by_signal[signal]
        takes = signal.type in taken
        if found and (takes or (_lets_go(given) and found.submitted_by(partner))):
            reached.add(signal)
            return _answered(found, partner, given, app, takes=takes)
        return None

    bank_of(app, partner).change(list(by_signal), record)
    return reached


def _answered(
    item: BankHash, partner: str, given: list[Answer], app: App, *, takes: bool
) -> BankHash | None:
    answered = after(item, partner, given, app.now()) if takes else item
    if _lets_go(given):
        answered = answered.taken_back(partner, app.now())
    if answered is item:
        return None
    return weighed(answered.in_one_step_from(item), app.disputed_after, partner_ids())


def _lets_go(given: list[Answer]) -> bool:
    return any(one.value in CONFIRMATIONS for one in given)


handler = serve(routes, endpoint="SubmitFeedback")
