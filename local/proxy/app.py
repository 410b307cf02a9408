"""The proxy itself: each request goes to the page's files or to the API, as the template says."""

import mimetypes
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import unquote

import httpx
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles

from local.distribution import Behaviour
from local.proxy.edge import LARGEST_BODY, single_slashes, to_origin, to_viewer
from local.proxy.plan import ProxyPlan

ORIGIN_TIMEOUT = 30.0
"""Seconds that CloudFront gives an origin unless told otherwise."""
OWN_HEADERS = ("content-length", "date")
"""Headers that this server writes itself on every response."""
EVERY_METHOD = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]

# What an operating system says about these differs, and S3 holds what the deployment told it.
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/wasm", ".wasm")


def proxy(plan: ProxyPlan) -> Starlette:
    """Make an application that behaves as the distribution in `plan` would."""
    edge = _Edge(plan)
    route = Route("/{path:path}", edge.answer, methods=EVERY_METHOD)
    return Starlette(routes=[route], lifespan=edge.lifespan)


class _Edge:
    def __init__(self, plan: ProxyPlan) -> None:
        self._plan = plan
        self._files = StaticFiles(directory=plan.page)

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        async with httpx.AsyncClient(timeout=ORIGIN_TIMEOUT, trust_env=False) as self._api:
            yield

    async def answer(self, request: Request) -> Response:
        path = request.scope["raw_path"].decode("ascii")
        behaviour = self._plan.distribution.behaviour(path)
        if request.method not in behaviour.methods:
            response: Response = PlainTextResponse("This method is not allowed here.", 403)
        elif behaviour.api:
            response = await self._from_api(request, single_slashes(path), behaviour.forwards)
        else:
            response = await self._from_page(request, unquote(path))
        return _finished(response, behaviour)

    async def _from_page(self, request: Request, path: str) -> Response:
        name = self._plan.distribution.root if path == "/" else path
        try:
            return await self._files.get_response(name.lstrip("/"), request.scope)
        except HTTPException as missing:
            return PlainTextResponse("There is nothing here.", missing.status_code)

    async def _from_api(self, request: Request, path: str, forwards: tuple[str, ...]) -> Response:
        body = await _read(request)
        if body is None:
            return _problem(413, "too-large", "The request is larger than 256 KB.")
        # Not `self._api.request`: that would keep cookies and undo the origin's compression.
        asked = httpx.Request(
            request.method,
            httpx.URL(self._plan.api, raw_path=_target(path, request)),
            headers=to_origin(request.headers.items(), forwards, self._plan.api_host),
            content=body,
        )
        try:
            answer = await self._api.send(asked, stream=True)
            content = b"".join([part async for part in answer.aiter_raw()])
        except httpx.TransportError:
            return _problem(504, "try-again", "The service did not answer. Try again.")
        response = Response(content, answer.status_code)
        for name, value in answer.headers.multi_items():
            if name not in OWN_HEADERS:
                response.headers.append(name, value)
        return response


def _target(path: str, request: Request) -> bytes:
    query: bytes = request.scope["query_string"]
    return path.encode() + (b"?" + query if query else b"")


async def _read(request: Request) -> bytes | None:
    """Read the body, or None when it is too large; never more of it than is allowed."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _problem(status: int, kind: str, title: str) -> Response:
    return JSONResponse(
        {"type": f"urn:notyours:problem:{kind}", "title": title, "status": status},
        status,
        media_type="application/problem+json",
        headers={"cache-control": "no-store"},
    )


def _finished(response: Response, behaviour: Behaviour) -> Response:
    headers = to_viewer(response.headers.items(), behaviour.headers, behaviour.removes)
    response.raw_headers = [
        (name.encode("latin-1"), value.encode("latin-1")) for name, value in headers
    ]
    return response
