"""POST /cases: open a case from hashes made on the owner's device."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Body
from pydantic import BaseModel

from functions.shared import signals as signal_forms
from functions.shared.app import App, app
from functions.shared.bank import Status
from functions.shared.cases import Case, additions, open_case, outstanding
from functions.shared.credentials import Verifier, case_key, parse_new_pin, parse_number
from functions.shared.documented import BODY_PROBLEMS, answers
from functions.shared.errors import (
    CaseWithdrawn,
    DifferentBody,
    InvalidRequest,
    LowInformation,
    NumberTaken,
    TryAgain,
)
from functions.shared.http import answer, resolver, serve
from functions.shared.models import NewCase, NewSignal
from functions.shared.receipts import public_key
from functions.shared.signals import Origin, Signal
from functions.shared.store.cases import ADDITIONS_A_TRANSACTION
from functions.shared.store.patience import until_it_holds

routes = resolver()


class Opened(BaseModel):
    """How much of the case has arrived. `received` counts signals from the first on."""

    status: Status
    received: int
    total: int


@routes.post(
    "/cases",
    summary="Open a case, or add its next chunk",
    tags=["People"],
    responses=answers(
        HTTPStatus.CREATED,
        Opened,
        *BODY_PROBLEMS,
        NumberTaken,
        CaseWithdrawn,
        InvalidRequest,
        LowInformation,
        DifferentBody,
    ),
)
def post(request: Annotated[NewCase, Body()]) -> Response[Opened]:
    return create_case(request, app())


def create_case(request: NewCase, app: App) -> Response[Any]:
    """Store a chunk of a case. The same chunk again gets the same answer and changes nothing.

    Raises:
        InvalidRequest: malformed number, PIN or signal, or a chunk out of order.
        NumberTaken: another case has this number.
        DifferentBody: this case came before with other signals.
        CaseWithdrawn: the chunk brings something new to a withdrawn case.
    """
    pin = parse_new_pin(request.pin)
    number = parse_number(request.number)
    chunk = _parse(request)
    case = _find_or_open(app, number, pin, request.total)
    before, _ = outstanding(case, request.total, chunk.offset, chunk.signals)
    _check_same(app, case, before)
    while len(chunk.signals) > (done := case.received - chunk.offset):
        case = _store_next(app, case, chunk, done)
    return answer(
        HTTPStatus.CREATED,
        {"status": case.status, "received": case.received, "total": case.total},
    )


@dataclass(frozen=True)
class _Chunk:
    offset: int
    signals: tuple[Signal, ...]
    origins: Mapping[Signal, Origin]
    """Of a symmetric picture two variants have one value: what is listed first is kept."""


def _parse(request: NewCase) -> _Chunk:
    parsed = tuple(map(_parse_signal, request.signals))
    signals = tuple(signal for signal, _ in parsed)
    return _Chunk(request.offset, signals, dict(reversed(parsed)))


def _parse_signal(sent: NewSignal) -> tuple[Signal, Origin]:
    signal = signal_forms.parse(sent.type, sent.value)
    signal_forms.check_quality(signal, sent.quality)
    return signal, signal_forms.origin(signal, sent.variant, reduced=bool(sent.reduced))


def _find_or_open(app: App, number: str, pin: str, total: int) -> Case:
    key = case_key(number, app.mac)
    case = app.store.cases.get(key)
    if case is None:
        salt = secrets.token_bytes(16)
        stretched = app.kdf.stretch(number, pin, salt)
        verifier = Verifier.make(stretched, salt, app.kdf, app.mac)
        return open_case(key, verifier, total, app.today(), public_key(stretched, app.mac))
    if not case.verifier.accepts(case.verifier.stretch(number, pin), app.mac):
        raise NumberTaken
    return case


def _check_same(app: App, case: Case, signals: tuple[Signal, ...]) -> None:
    """Check that the case has these hashes. What else was said of them the first time stays.

    Which ones a withdrawn case had, nobody knows any more, so of such a case it is believed.

    Raises:
        DifferentBody: it has not.
    """
    if case.status is Status.WITHDRAWN:
        return
    found = app.store.bank.by_signal(signals)
    linked = app.store.cases.linked(case.key, [item.id for item in found.values()])
    same = all(signal in found and found[signal].id in linked for signal in signals)
    if not same and not _is_withdrawn(app, case):
        raise DifferentBody(field="signals")


def _is_withdrawn(app: App, case: Case) -> bool:
    """Whether the case was withdrawn since it was read."""
    current = app.store.cases.get(case.key)
    return current is not None and current.status is Status.WITHDRAWN


def _store_next(app: App, case: Case, chunk: _Chunk, done: int) -> Case:
    """Store the next few signals in one transaction and return the case as it then is.

    Raises:
        TryAgain: somebody opened a case of this number in the same moment. Whether it is the same
            case is seen from the start, not from here.
        DifferentBody: what was stored meanwhile at these places is not this.
    """

    def attempt() -> Case:
        current = app.store.cases.get(case.key) or case
        if current.verifier != case.verifier:
            raise TryAgain
        before, rest = outstanding(current, current.total, chunk.offset, chunk.signals)
        _check_same(app, current, before[done:])
        part = rest[:ADDITIONS_A_TRANSACTION]
        return _store(app, current, chunk, part) if part else current

    return until_it_holds(attempt)


def _store(app: App, case: Case, chunk: _Chunk, part: tuple[Signal, ...]) -> Case:
    found = app.store.bank.by_signal(part)
    linked = app.store.cases.linked(case.key, [item.id for item in found.values()])
    once = {signal: chunk.origins[signal] for signal in part}
    added = additions(once, found, linked, app.now(), app.new_id)
    received = case.received + len(part)
    app.store.cases.add(case, received, added)
    return replace(case, received=received)


handler = serve(routes)
