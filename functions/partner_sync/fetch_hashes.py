"""GET /v1/FetchHashes: the bank's changes, page by page."""

import json
from http import HTTPStatus
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import BaseModel

from functions.partner_sync.tenant import log_of
from functions.partner_sync.wire import (
    LARGEST_PAGE,
    PARTNER_KEYS,
    PARTNERS_TAG,
    FeedRecord,
    PageSize,
    WholeNumber,
)
from functions.shared import feed
from functions.shared.app import App, app
from functions.shared.documented import KEY_PROBLEMS, answers
from functions.shared.errors import BadParameter
from functions.shared.http import answer, caller, resolver, serve
from functions.shared.page_tokens import PageTokens
from functions.shared.partners import SANDBOX, signal_types_of
from functions.shared.records import record

routes = resolver()

USUAL_PAGE = 800
"""What the published client asks for."""

LARGEST_ANSWER = 4 * 1024 * 1024
"""Bytes. Lambda refuses to answer with more than 6 MB, and would do so at every retry."""

DAY = 86_400


class FetchedHashes(BaseModel):
    """One page. Ask again with the token while `hasMoreRecords`; then keep the timestamp."""

    count: int
    nextPageToken: str | None  # noqa: N815 - the wire's name
    nextSetTimestamp: int  # noqa: N815
    hasMoreRecords: bool  # noqa: N815
    hashRecords: list[FeedRecord]  # noqa: N815


@routes.get(
    "/v1/FetchHashes",
    summary="Fetch changed hashes",
    tags=PARTNERS_TAG,
    security=PARTNER_KEYS,
    responses=answers(HTTPStatus.OK, FetchedHashes, BadParameter, *KEY_PROBLEMS),
)
def get(
    startTimestamp: Annotated[WholeNumber, Query(ge=0)],  # noqa: N803
    pageSize: Annotated[PageSize, Query(ge=1)] = USUAL_PAGE,  # noqa: N803
    nextPageToken: Annotated[str, Query(max_length=512)] = "",  # noqa: N803
) -> Response[FetchedHashes]:
    return fetch_hashes(caller(routes), startTimestamp, pageSize, nextPageToken, app())


def fetch_hashes(partner: str, start: int, size: int, token: str, app: App) -> Response[Any]:
    """Return a page of changes at or after `start`, seconds since 1970, to this partner.

    A run that begins at `start` says that the partner has all that came before, as far as there
    was anything to have: neither what is still to come, nor what the log does not have yet.

    Raises:
        BadParameter: `start` lies in the future, or the token is not of this partner, run and log.
    """
    log = log_of(app, partner)
    _check_start(start, log, app)
    tokens = PageTokens(app.mac.derived_key("page tokens"), partner)
    if token:
        cursor = _opened(token, start, tokens, log, app)
    else:
        cursor = feed.begin(log, start)
        if partner != SANDBOX:
            app.store.partners.acknowledge(partner, min(start, app.now(), log.tail().ts))
    return answer(HTTPStatus.OK, _fitting(log, cursor, min(size, LARGEST_PAGE), tokens, app))


def _check_start(start: int, log: feed.Log, app: App) -> None:
    """Refuse a start in the future, unless the log is there already: a clock may have jumped."""
    if start > app.now() + DAY and start > log.tail().ts + DAY:
        raise BadParameter("This lies in the future.", field="startTimestamp")


def _opened(token: str, start: int, tokens: PageTokens, log: feed.Log, app: App) -> feed.Cursor:
    """Return a token's cursor, unless the log ends before its run: it is of before a restore.

    The pages of such a run would never come to its end.
    """
    cursor = tokens.open(token, start, app.now())
    if cursor.last > log.tail().number:
        raise BadParameter("The token is of before a restore.", field="nextPageToken")
    return cursor


def _fitting(
    log: feed.Log, cursor: feed.Cursor, size: int, tokens: PageTokens, app: App
) -> dict[str, Any]:
    """Return the answer for a page of `size` entries, or of fewer if they are large."""
    page = feed.page(log, cursor, size, signal_types_of(tokens.partner))
    body = _body(page, tokens, app)
    if size > 1 and len(json.dumps(body)) > LARGEST_ANSWER:
        return _fitting(log, cursor, size // 2, tokens, app)
    return body


def _body(page: feed.Page, tokens: PageTokens, app: App) -> dict[str, Any]:
    key = app.mac.derived_key("case pseudonyms")
    records = [record(entry, tokens.partner, key) for entry in page.entries]
    return {
        "count": len(records),
        "nextPageToken": tokens.seal(page.next, app.now()) if page.next else None,
        "nextSetTimestamp": page.resume,
        "hasMoreRecords": page.next is not None,
        "hashRecords": records,
    }


handler = serve(routes, endpoint="FetchHashes")
