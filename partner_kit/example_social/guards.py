"""What every answer of the site carries, and which requests it does not take at all."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from partner_kit.example_social.pages import problem

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; media-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser posts `Origin: null`
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class SafeHeaders:
    """Puts the headers above on every answer."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)


class SameOriginPosts:
    """Refuses a POST that another site made the browser send.

    Every browser names the origin of a POST, so for a site without log-in on
    loopback this is protection enough against forged requests. A program that
    is no browser sends no Origin and may pass. A site with log-in adds tokens.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and scope["method"] == "POST"
            and _is_foreign(Headers(scope=scope))
        ):
            refusal = PlainTextResponse("This form was sent from another site.", 403)
            return await refusal(scope, receive, send)
        return await self._app(scope, receive, send)


class ShortBodies:
    """Refuses a body that says it is too long, before reading it, in words for a person."""

    def __init__(self, app: ASGIApp, limit: int, sentence: str) -> None:
        self._app, self._limit, self._sentence = app, limit, sentence

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _length(Headers(scope=scope)) > self._limit:
            return await problem(Request(scope), 413, self._sentence)(scope, receive, send)
        return await self._app(scope, receive, send)


def _length(headers: Headers) -> int:
    said = headers.get("content-length", "")
    return int(said) if said.isdecimal() else 0


def _is_foreign(headers: Headers) -> bool:
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")
