"""What went wrong, as callers are told."""

import json

import pytest
from botocore.exceptions import (
    ClientError,
    ConnectTimeoutError,
    EndpointConnectionError,
    ReadTimeoutError,
)

from functions.shared import errors
from functions.shared.problems import problem_of, render

PROBLEMS = [
    kind
    for kind in vars(errors).values()
    if isinstance(kind, type) and issubclass(kind, errors.Problem) and kind is not errors.Problem
]


def aws(code: str) -> ClientError:
    return ClientError({"Error": {"Code": code, "Message": "it quotes a secret"}}, "PutItem")


@pytest.mark.parametrize("kind", PROBLEMS, ids=lambda kind: kind.__name__)
def test_every_problem_is_rendered_as_problem_details(kind: type[errors.Problem]) -> None:
    rendered = render(kind("A detail.", field="pin"))

    assert rendered["statusCode"] == kind.status
    assert rendered["headers"]["Content-Type"] == "application/problem+json"
    assert rendered["headers"]["Cache-Control"] == "no-store"
    assert json.loads(rendered["body"]) == {
        "type": f"urn:notyours:problem:{kind.slug}",
        "title": kind.title,
        "status": kind.status,
        "detail": "A detail.",
        "field": "pin",
    }


def test_every_problem_has_a_type_of_its_own() -> None:
    assert len({kind.slug for kind in PROBLEMS}) == len(PROBLEMS)
    assert {kind.status // 100 for kind in PROBLEMS} <= {4, 5}


def test_what_is_not_known_is_left_out() -> None:
    assert json.loads(render(errors.UnknownCase())["body"]).keys() == {"type", "title", "status"}


@pytest.mark.parametrize("kind", PROBLEMS, ids=lambda kind: kind.__name__)
def test_nobody_is_told_to_wait_longer_than_clients_do(kind: type[errors.Problem]) -> None:
    assert int(render(kind())["headers"].get("Retry-After", 0)) <= 30


def test_who_is_told_to_try_again_is_told_when() -> None:
    retry_after = render(errors.TryAgain())["headers"]["Retry-After"]

    assert 0 < int(retry_after) <= 30, "the published client honours it up to 30 s"


@pytest.mark.parametrize(
    "code",
    [
        "ProvisionedThroughputExceededException",
        "ThrottlingException",
        "RequestLimitExceeded",
        "InternalServerError",
        "ServiceUnavailable",
        "KMSInternalException",
        "KeyUnavailableException",
        "TransactionConflictException",
    ],
)
def test_what_aws_will_do_later_may_be_tried_again(code: str) -> None:
    assert isinstance(problem_of(aws(code)), errors.TryAgain)


@pytest.mark.parametrize(
    "lost",
    [
        ReadTimeoutError(endpoint_url="https://secret.test"),
        ConnectTimeoutError(endpoint_url="https://secret.test"),
        EndpointConnectionError(endpoint_url="https://secret.test"),
        errors.Conflict(),
    ],
)
def test_a_lost_answer_or_race_may_be_tried_again(lost: Exception) -> None:
    assert isinstance(problem_of(lost), errors.TryAgain)


@pytest.mark.parametrize(
    "fault", [aws("AccessDeniedException"), aws("ValidationException"), KeyError("secret")]
)
def test_a_fault_of_ours_is_told_without_its_text(fault: Exception) -> None:
    rendered = render(problem_of(fault))

    assert rendered["statusCode"] == 500
    assert "secret" not in json.dumps(rendered)
