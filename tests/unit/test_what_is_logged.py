"""The functions say which route, which status and which problem, and nothing that anyone sent."""

import base64
import hashlib
import io
import json
import logging
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.partner_sync import deliver, sequence
from functions.shared import http
from infrastructure.routes import DELIVERER, SEQUENCER
from tests.channel import REMINDED, batch
from tests.edge import Edge
from tests.faults import ALWAYS, refuse
from tests.people import NUMBER, OTHER_NUMBER, PIN, new_case, pdq
from tests.rights import session

USUAL = {"level", "location", "message", "timestamp", "service"}
ALLOWED = USUAL | {"route", "status", "ms", "problem", "cause", "where", "changes", "messages"}
ALLOWED |= {"failed", "causes", "attempts"}
CANARY = "canary-7d1f0b"
CREDENTIALS = {"number": NUMBER, "pin": PIN}


@pytest.fixture
def said(
    capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> Iterator[io.StringIO]:
    """Return everything that the functions' loggers, other loggers and prints say."""
    heard = io.StringIO()
    caplog.set_level(logging.INFO)
    streams = [
        (handler, handler.setStream(heard))
        for logger in (http.logger, sequence.logger, deliver.logger)
        for handler in _handlers(logger)
    ]
    yield heard
    for handler, former in streams:
        if former is not None:
            handler.setStream(former)


def _handlers(logger: Logger) -> list[logging.StreamHandler[Any]]:
    found = logging.getLogger(logger.service).handlers
    return [one for one in found if isinstance(one, logging.StreamHandler)]


def everything(
    said: io.StringIO, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> str:
    printed = capsys.readouterr()
    return said.getvalue() + printed.out + printed.err + caplog.text


def forms(secret: str) -> set[str]:
    """Return the forms in which a secret might slip out."""
    raw = secret.encode()
    undashed = secret.replace("-", "")
    return {
        secret,
        secret.lower(),
        undashed,
        quote(secret, safe=""),
        raw.hex(),
        base64.b64encode(raw).decode().rstrip("="),
        base64.urlsafe_b64encode(raw).decode().rstrip("="),
        hashlib.sha256(raw).hexdigest(),
        secret[:8],
        undashed[:8],
    }


def drive(edge: Edge) -> set[str]:
    """Call every route, well and badly, and return every secret that took part."""
    keys = edge.keys("FetchHashes")
    edge.post("/cases", new_case(2).model_dump())
    edge.post("/cases", new_case(2).model_dump() | {"pin": "11119999"})
    edge.post("/cases", new_case(2).model_dump() | {CANARY: CANARY})
    edge.post("/cases", f'{{"pin": "{CANARY}"')
    for path in ("/cases/status", "/cases/withdraw"):
        edge.post(path, CREDENTIALS | {"number": OTHER_NUMBER})
        edge.post(path, CREDENTIALS | {"pin": CANARY})
        edge.post(path, CREDENTIALS | {"number": CANARY})
        edge.post(path, CREDENTIALS)
    sequencer = edge.world.app_for(SEQUENCER)
    edge.patch.setattr(sequence, "app", lambda: sequencer)
    sequence.handler({}, LambdaContext())
    page = edge.get("/v1/FetchHashes", {"startTimestamp": 1_800_000_000}, headers=keys).json
    edge.get("/v1/FetchHashes", {"startTimestamp": CANARY}, headers=keys)
    edge.get("/v1/FetchHashes", {"startTimestamp": 10}, headers=keys | {"x-functions-key": CANARY})
    token = {"startTimestamp": 10, "nextPageToken": CANARY}
    edge.get("/v1/FetchHashes", token, headers=keys)
    item = {"hashValue": pdq(0), "feedbackValue": CANARY, "tags": [CANARY]}
    body = {"count": 1, "hashFeedbacks": [item]}
    edge.post("/v1/SubmitFeedback", body, headers=edge.keys("SubmitFeedback"))
    item = {"signalType": CANARY, "hashValue": pdq(1), "CSPFeedbacks": []}
    body = {"count": 1, "hashRecords": [item]}
    edge.post("/v1/SubmitHashes", body, headers=edge.keys("SubmitHashes"))
    refuse(edge.world.app_for("status.handler").store.client, "GetItem", "Boom", ALWAYS)
    edge.post("/cases/status", CREDENTIALS)
    _deliver(edge)
    issued = edge.keys("SubmitHashes").values(), edge.keys("SubmitFeedback").values(), keys.values()
    hash_ids = {record["hashId"] for record in page["hashRecords"]}
    assert len(hash_ids) == 2
    return {
        NUMBER,
        OTHER_NUMBER,
        PIN,
        pdq(0),
        pdq(1),
        CANARY,
        *hash_ids,
        *(key for one in issued for key in one),
    }


def _deliver(edge: Edge) -> None:
    edge.patch.setattr(deliver, "app", lambda: edge.world.app_for(DELIVERER))
    changes = [{"hashId": CANARY, "version": 1}]
    told = {"type": "bank.changed", "id": "msg_1", "signalType": CANARY, "cursor": 1}
    bodies = (CANARY, json.dumps(told | {"changes": changes}), REMINDED)
    deliver.handler(batch(*bodies), LambdaContext())
    session().client("sqs").create_queue(QueueName="example-social-inbox")
    edge.world.now += 60
    deliver.handler(batch(*reversed(bodies)), LambdaContext())
    for query in ({}, {"nextPageToken": CANARY}, {"state": CANARY}):
        edge.get("/v1/deliveries", query, headers=edge.keys("Deliveries"))
    for wanted in ({"state": "parked"}, {"ids": [CANARY]}, {CANARY: CANARY}):
        edge.post("/v1/deliveries/replay", wanted, headers=edge.keys("ReplayDeliveries"))


def test_nothing_that_anyone_sent_is_said_in_any_form(
    edge: Edge,
    said: io.StringIO,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    secrets = drive(edge)
    told = everything(said, capsys, caplog)

    assert "answered" in told
    assert "192.0.2.7" not in told
    assert [form for secret in secrets for form in forms(secret) if form in told] == []


def test_a_log_line_has_the_fields_that_are_allowed_and_no_other(
    edge: Edge, said: io.StringIO
) -> None:
    drive(edge)
    lines = [json.loads(line) for line in said.getvalue().splitlines()]

    assert len(lines) > 20
    assert set().union(*lines) <= ALLOWED
    assert {"POST /cases", "GET /v1/FetchHashes"} <= {line.get("route") for line in lines}
    assert {"unknown-case", "not-json", "unexpected"} <= {line.get("problem") for line in lines}


def test_a_fault_is_logged_with_its_kind_and_way_and_without_its_text(
    edge: Edge, said: io.StringIO
) -> None:
    refuse(edge.world.app_for("status.handler").store.client, "GetItem", "Boom", ALWAYS)
    edge.post("/cases/status", CREDENTIALS)
    [fault] = [line for line in map(json.loads, said.getvalue().splitlines()) if "cause" in line]

    assert (fault["level"], fault["problem"], fault["cause"]) == (
        "ERROR",
        "unexpected",
        "ClientError",
    )
    assert any("store/table.py" in step and step.endswith(" get") for step in fault["where"])
    assert "refused by a test" not in said.getvalue()


def test_a_metric_has_no_dimension_but_the_function_and_whom_it_tells(
    edge: Edge, capsys: pytest.CaptureFixture[str]
) -> None:
    drive(edge)
    printed = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]

    assert len(printed) > 10
    for metric in printed:
        [described] = metric["_aws"]["CloudWatchMetrics"]
        told = {"partner"} & set(metric)
        assert [set(each) for each in described["Dimensions"]] == [{"service"} | told]
        assert metric.get("partner", "example-social") == "example-social"
        assert described["Namespace"] == "NotYours"
        assert len(metric) == 2 + len(told) + len(described["Metrics"])
