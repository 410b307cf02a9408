"""The two places behind the edge: the page's bucket and the HTTP API, both in the local AWS."""

import httpx
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from local.environment import CREDENTIALS, REGION
from local.proxy.edge import Headers

_READER = Credentials(CREDENTIALS["AWS_ACCESS_KEY_ID"], CREDENTIALS["AWS_SECRET_ACCESS_KEY"])


def to_bucket(cloud: str, bucket: str, path: str, method: str, headers: Headers) -> httpx.Request:
    """Ask for a file of the page, signed: the bucket is private, and only the edge may read it."""
    url = f"{cloud}/{bucket}{path}"
    signed = AWSRequest(method, url, headers=dict(headers))
    S3SigV4Auth(_READER, "s3", REGION).add_auth(signed)
    return httpx.Request(method, _verbatim(url), headers=dict(signed.headers))


def to_api(cloud: str, target: str, method: str, headers: Headers, content: bytes) -> httpx.Request:
    """Ask the API, which the local AWS recognizes by the `host` among the headers."""
    return httpx.Request(method, _verbatim(cloud + target), headers=headers, content=content)


def _verbatim(url: str) -> httpx.URL:
    """Keep the path and the query exactly as the caller wrote them."""
    host, _, target = url.removeprefix("http://").partition("/")
    return httpx.URL(f"http://{host}").copy_with(raw_path=f"/{target}".encode())
