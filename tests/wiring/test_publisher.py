"""The page gets into its bucket while the stack is deployed, and the deployment hears of it."""

import io
import json
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import boto3
import pytest
from moto import mock_aws

from infrastructure.publisher.handler import handler


class Formation(HTTPServer):
    """CloudFormation, as far as a custom resource sees it: an address that takes one answer."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.answers: list[dict[str, Any]] = []

    def event(self, request: str, **properties: str) -> dict[str, Any]:
        return {
            "RequestType": request,
            "ResponseURL": f"http://127.0.0.1:{self.server_port}/answer",
            "StackId": "stack",
            "RequestId": "request",
            "LogicalResourceId": "Published",
            "ResourceProperties": {"ServiceToken": "arn", **properties},
        }


class _Answer(BaseHTTPRequestHandler):
    server: Formation

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.answers.append(json.loads(body))
        self.send_response(200)
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def formation() -> Iterator[Formation]:
    with Formation() as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def s3() -> Iterator[Any]:
    with mock_aws():
        client = boto3.client("s3", region_name="eu-north-1")
        for bucket in ("archives", "page"):
            client.create_bucket(
                Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-north-1"}
            )
        yield client


def archive(*names: str) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as target:
        for name in names:
            target.writestr(name, f"this is {name}")
    return packed.getvalue()


PLACES = {"ArchiveBucket": "archives", "ArchiveKey": "page.zip", "PageBucket": "page"}


def test_every_file_is_published_as_what_it_is(s3: Any, formation: Formation) -> None:
    names = ("index.html", "openapi.json", "assets/app-1a2b.js", "assets/hash-3c4d.wasm")
    s3.put_object(Bucket="archives", Key="page.zip", Body=archive(*names))

    handler(formation.event("Create", **PLACES), None)

    (answer,) = formation.answers
    assert answer["Status"] == "SUCCESS"
    found = {name: s3.get_object(Bucket="page", Key=name) for name in names}
    assert {name: each["ContentType"] for name, each in found.items()} == {
        "index.html": "text/html; charset=utf-8",
        "openapi.json": "application/json",
        "assets/app-1a2b.js": "text/javascript; charset=utf-8",
        "assets/hash-3c4d.wasm": "application/wasm",
    }
    assert found["index.html"]["CacheControl"] == "no-cache"
    assert "immutable" in found["assets/app-1a2b.js"]["CacheControl"]
    assert found["index.html"]["Body"].read() == b"this is index.html"


def test_an_update_leaves_the_parts_that_an_open_page_may_still_load(
    s3: Any, formation: Formation
) -> None:
    for part in ("assets/old.js", "assets/new.js"):
        s3.put_object(Bucket="archives", Key="page.zip", Body=archive("index.html", part))
        handler(formation.event("Update", **PLACES), None)

    kept = {each["Key"] for each in s3.list_objects_v2(Bucket="page")["Contents"]}
    assert kept == {"index.html", "assets/old.js", "assets/new.js"}


def test_a_failure_is_told_and_not_waited_for(s3: Any, formation: Formation) -> None:
    handler(formation.event("Create", **PLACES), None)
    (answer,) = formation.answers
    assert answer["Status"] == "FAILED"
    assert "NoSuchKey" in answer["Reason"]


def test_deleting_the_stack_leaves_the_page_alone(s3: Any, formation: Formation) -> None:
    s3.put_object(Bucket="page", Key="index.html", Body=b"here")
    handler(formation.event("Delete", **PLACES), None)
    assert formation.answers[0]["Status"] == "SUCCESS"
    assert s3.get_object(Bucket="page", Key="index.html")["Body"].read() == b"here"
