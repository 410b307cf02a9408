"""The site: which address leads to which page, and what stands in front of them all."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.body_limit import RequestBodyLimitMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Lifespan

from partner_kit.example_social import feed_pages, review_pages, status_pages
from partner_kit.example_social.guards import SafeHeaders, SameOriginPosts, ShortBodies
from partner_kit.example_social.pages import HERE, problem
from partner_kit.example_social.pictures import MAX_BYTES
from partner_kit.example_social.platform import Platform

LONGEST_BODY = MAX_BYTES + 64 * 1024
"""A picture, and room around it for the caption and the form's own lines."""

HOSTS = ("127.0.0.1", "localhost")
"""A page elsewhere may point its own name at loopback; under that name we do not answer."""

ROUTES = (
    Route("/", feed_pages.feed),
    Route("/upload", feed_pages.take_upload, methods=["POST"]),
    Route("/posts/{post}", feed_pages.post),
    Route("/pictures/{post}", feed_pages.picture),
    Route("/review", review_pages.queue),
    Route("/review/{post}", review_pages.judge, methods=["POST"]),
    Route("/review/{post}/picture", review_pages.picture),
    Route("/status", status_pages.status),
    Route("/api/status", status_pages.status_json),
    Mount("/static", StaticFiles(directory=HERE / "static")),
)

SENTENCES = {
    404: "There is nothing at this address.",
    405: "This address does not take that kind of request.",
    413: "This file is larger than 20 MB. Choose a smaller one.",
}


def build_site(platform: Platform, lifespan: Lifespan[Starlette] | None = None) -> Starlette:
    site = Starlette(
        routes=ROUTES,
        middleware=[
            Middleware(SafeHeaders),
            Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False),
            Middleware(SameOriginPosts),
            Middleware(ShortBodies, limit=LONGEST_BODY, sentence=SENTENCES[413]),
            Middleware(RequestBodyLimitMiddleware, max_body_size=LONGEST_BODY),  # length not said
        ],
        exception_handlers={HTTPException: _refuse},
        lifespan=lifespan,
    )
    site.state.platform = platform
    return site


def _refuse(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return problem(request, status, SENTENCES.get(status, "This request could not be read."))
