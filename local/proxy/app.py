"""The proxy itself: each request goes to the page's bucket or to the API, as the template says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from local.distribution import Behaviour
from local.proxy import origins
from local.proxy.edge import LARGEST_BODY, climbs, single_slashes, to_origin, to_viewer
from local.proxy.plan import ProxyPlan

ORIGIN_TIMEOUT = 30.0
"""Seconds that CloudFront gives an origin unless told otherwise."""
EVERY_METHOD = ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"]
CONDITIONS = ("if-none-match", "if-modified-since", "range")
"""Request headers by which a browser gets less than the whole file."""
CORS = "access-control-"
"""The local AWS allows every site to read it; the deployed one says nothing of the kind."""


def proxy(plan: ProxyPlan) -> Starlette:
    """Make an application that behaves as the distribution in `plan` would."""
    edge = _Edge(plan)
    route = Route("/{path:path}", edge.answer, methods=EVERY_METHOD)
    return Starlette(routes=[route], lifespan=edge.lifespan)


class _Edge:
    def __init__(self, plan: ProxyPlan) -> None:
        self._plan = plan

    @asynccontextmanager
    async def lifespan(self, _: Starlette) -> AsyncIterator[None]:
        async with httpx.AsyncClient(timeout=ORIGIN_TIMEOUT, trust_env=False) as self._client:
            yield

    async def answer(self, request: Request) -> Response:
        path = request.scope["raw_path"].decode("ascii")
        behaviour = self._plan.distribution.behaviour(path)
        if climbs(path):
            response: Response = PlainTextResponse("This address is not valid.", 400)
        elif request.method not in behaviour.methods:
            response = PlainTextResponse("This method is not allowed here.", 403)
        elif behaviour.api:
            response = await self._from_api(request, path, behaviour)
        else:
            response = await self._from_page(request, path)
        headers = to_viewer(response.headers.items(), behaviour.headers, behaviour.removes)
        response.raw_headers = [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in headers
        ]
        return response

    async def _from_page(self, request: Request, path: str) -> Response:
        file = self._plan.distribution.root if path == "/" else path
        headers = [(name, value) for name, value in request.headers.items() if name in CONDITIONS]
        return await self._fetched(
            origins.to_bucket(self._plan.cloud, self._plan.bucket, file, request.method, headers)
        )

    async def _from_api(self, request: Request, path: str, behaviour: Behaviour) -> Response:
        body = await _read(request)
        if body is None:
            return _problem(413, "too-large", "The request is larger than 256 KB.")
        target = single_slashes(path)
        if query := request.scope["query_string"].decode("ascii"):
            target += f"?{query}"
        headers = to_origin(request.headers.items(), behaviour.forwards, self._plan.api_host)
        return await self._fetched(
            origins.to_api(self._plan.cloud, target, request.method, headers, body)
        )

    async def _fetched(self, request: httpx.Request) -> Response:
        try:
            # Not `request()`, which would keep cookies; and raw, so that compression is left alone.
            answer = await self._client.send(request, stream=True)
            content = b"".join([part async for part in answer.aiter_raw()])
        except httpx.TransportError:
            return _problem(504, "try-again", "The service did not answer. Try again.")
        response = Response(content, answer.status_code)
        for name, value in answer.headers.multi_items():
            if name == "content-length":  # also of what a HEAD request leaves out
                response.headers[name] = value
            elif name != "date" and not name.startswith(CORS):  # the server dates every response
                response.headers.append(name, value)
        return response


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
