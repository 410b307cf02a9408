"""Answers to a person (HTML from templates) and to a program (JSON), chosen by what it accepts."""

from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import jinja2
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.templating import Jinja2Templates

from partner_kit.example_social.platform import Platform

HERE = Path(__file__).parent


def platform_of(request: Request) -> Platform:
    return cast(Platform, request.app.state.platform)


def wants_json(request: Request) -> bool:
    return "application/json" in request.headers.get("accept", "")


def page(request: Request, name: str, status_code: int = 200, **context: object) -> Response:
    return _templates.TemplateResponse(request, f"{name}.html", context, status_code=status_code)


def problem(request: Request, status: int, sentence: str) -> Response:
    """Say in one plain sentence what is wrong."""
    if wants_json(request):
        return JSONResponse({"error": sentence}, status)
    return page(request, "problem", status, sentence=sentence)


def not_found(request: Request) -> Response:
    return problem(request, 404, "There is nothing at this address.")


def _moment(seconds: int) -> str:
    """Unix seconds as people read them."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%-d %B %Y, %H:%M:%S UTC")


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["moment"] = _moment
    return environment


_templates = Jinja2Templates(env=_environment())
