"""Describes a route's answers for the OpenAPI document: one good one, and problems by name."""

from typing import Any

from pydantic import BaseModel

from functions.shared.errors import (
    NotJson,
    Problem,
    TooLarge,
    TryAgain,
    Unexpected,
    UnknownKey,
    UnsupportedMediaType,
    WrongEndpointKey,
)
from functions.shared.problems import MEDIA_TYPE

BODY_PROBLEMS: tuple[type[Problem], ...] = (NotJson, TooLarge, UnsupportedMediaType)
KEY_PROBLEMS: tuple[type[Problem], ...] = (UnknownKey, WrongEndpointKey)


class ProblemDetails(BaseModel):
    """What went wrong, by RFC 9457. `field` names the input at fault and never quotes it."""

    type: str
    title: str
    status: int
    detail: str | None = None
    field: str | None = None


def answers(status: int, model: type[BaseModel], *problems: type[Problem]) -> dict[int, Any]:
    """Return the `responses` of a route that answers `status` with `model` when all is well."""
    described: dict[int, Any] = {
        status: {"description": "Done", "content": {"application/json": {"model": model}}}
    }
    everywhere: tuple[type[Problem], ...] = (Unexpected, TryAgain)
    for problem in problems + everywhere:
        known = described.setdefault(problem.status, {"description": problem.title})
        known["content"] = {MEDIA_TYPE: {"model": ProblemDetails}}
        if problem.title not in known["description"]:
            known["description"] += f"; {problem.title[0].lower()}{problem.title[1:]}"
    return described
