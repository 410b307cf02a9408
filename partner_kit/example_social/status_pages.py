"""How the platform stands with the bank: a page, and the same as JSON."""

from dataclasses import asdict

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from partner_kit.example_social.pages import page, platform_of
from partner_kit.example_social.status import read_status


def status(request: Request) -> Response:
    return page(request, "status", status=read_status(platform_of(request)))


def status_json(request: Request) -> Response:
    return JSONResponse(asdict(read_status(platform_of(request))))
