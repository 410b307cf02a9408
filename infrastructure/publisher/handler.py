"""A CloudFormation custom resource: unpack the page's archive into the page's bucket.

CDK has BucketDeployment for this. It brings a 20 MB layer with the AWS command line and a role
with managed policies, and runs in no emulator; this is what the page needs of it.

Files of earlier versions stay where they are: a page that is open while the stack is deployed
may still load one of its parts, and each is named after its content.
"""

import io
import json
import mimetypes
import urllib.request
import zipfile
from typing import Any

import boto3

_ENTRANCE = "index.html"
_FOREVER = "public, max-age=31536000, immutable"
_ASK_EACH_TIME = "no-cache"
_HASHED = "assets/"
"""Vite puts what it names after its content here."""


def handler(event: dict[str, Any], _context: object) -> None:
    """Publish on creation and update. Always answer: CloudFormation waits an hour for it."""
    failure = ""
    # Whatever goes wrong, the deployment must hear of it.
    try:
        if event["RequestType"] != "Delete":
            publish(**_arguments(event["ResourceProperties"]))
    except Exception as error:
        failure = f"{type(error).__name__}: {error}"
    _answer(event, failure)


def publish(*, archive_bucket: str, archive_key: str, page_bucket: str) -> None:
    """Copy every file of the archive into the page's bucket, the entrance last."""
    s3 = boto3.client("s3")
    archive = s3.get_object(Bucket=archive_bucket, Key=archive_key)["Body"].read()
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        names = [name for name in files.namelist() if not name.endswith("/")]
        for name in sorted(names, key=lambda name: name == _ENTRANCE):
            s3.put_object(
                Bucket=page_bucket,
                Key=name,
                Body=files.read(name),
                ContentType=_content_type(name),
                CacheControl=_FOREVER if name.startswith(_HASHED) else _ASK_EACH_TIME,
            )


def _arguments(properties: dict[str, str]) -> dict[str, str]:
    return {
        "archive_bucket": properties["ArchiveBucket"],
        "archive_key": properties["ArchiveKey"],
        "page_bucket": properties["PageBucket"],
    }


def _content_type(name: str) -> str:
    guessed = {**mimetypes.types_map, **_TYPES}.get(name[name.rfind(".") :])
    return guessed or "application/octet-stream"


_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".woff2": "font/woff2",
}
"""What a page is made of. A machine's own list may lack these or say something else."""


def _answer(event: dict[str, Any], failure: str) -> None:
    answer = {
        "Status": "FAILED" if failure else "SUCCESS",
        "Reason": failure or "Published",
        "PhysicalResourceId": event.get("PhysicalResourceId", "page"),
        **{name: event[name] for name in ("StackId", "RequestId", "LogicalResourceId")},
    }
    request = urllib.request.Request(  # noqa: S310 - CloudFormation's own address
        event["ResponseURL"],
        data=json.dumps(answer).encode(),
        method="PUT",
        # The address is signed for an empty type.
        headers={"Content-Type": ""},
    )
    with urllib.request.urlopen(request, timeout=10):  # noqa: S310
        pass
