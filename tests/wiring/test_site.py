"""One origin for page and API, with the same security headers on every answer."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from infrastructure import headers
from local.proxy.edge import single_slashes
from tests.wiring.reading import Properties, Template

SLASHES = Path(__file__).parents[2] / "infrastructure" / "slashes.js"
PATHS = {
    "/v1//FetchHashes": "/v1/FetchHashes",
    "//v1///SubmitHashes": "/v1/SubmitHashes",
    "/v1/FetchHashes": "/v1/FetchHashes",
    "/cases//": "/cases/",
    "/": "/",
}
"""What is asked for, and what is served."""


@pytest.fixture
def distribution(template: Template) -> Properties:
    config: Properties = template.sole("AWS::CloudFront::Distribution")[1]["DistributionConfig"]
    return config


def behaviours(distribution: Properties) -> Iterator[Properties]:
    yield distribution["DefaultCacheBehavior"]
    yield from distribution["CacheBehaviors"]


def test_every_answer_has_the_headers(template: Template, distribution: Properties) -> None:
    ident, _ = template.sole("AWS::CloudFront::ResponseHeadersPolicy")
    used = {each["ResponseHeadersPolicyId"]["Ref"] for each in behaviours(distribution)}
    assert used == {ident}


def test_the_headers_are_those_of_the_data(template: Template) -> None:
    _, policy = template.sole("AWS::CloudFront::ResponseHeadersPolicy")
    config = policy["ResponseHeadersPolicyConfig"]
    security = config["SecurityHeadersConfig"]
    custom = config["CustomHeadersConfig"]["Items"]
    assert {each["Header"]: each["Value"] for each in custom} == headers.CUSTOM
    assert security["ContentSecurityPolicy"]["ContentSecurityPolicy"] == (
        headers.CONTENT_SECURITY_POLICY
    )
    assert security["ReferrerPolicy"]["ReferrerPolicy"] == headers.REFERRER_POLICY
    assert security["FrameOptions"]["FrameOption"] == headers.FRAME_OPTIONS
    assert security["StrictTransportSecurity"]["AccessControlMaxAgeSec"] == headers.HSTS_SECONDS
    assert all(each["Override"] is True for each in [*security.values(), *custom])


def test_the_policy_starts_from_nothing_and_never_opens_to_others() -> None:
    directives = headers.CONTENT_SECURITY_POLICY.split("; ")
    assert directives[0] == "default-src 'none'"
    assert not re.search(r"https?:|\*|'unsafe-(inline|eval)'", headers.CONTENT_SECURITY_POLICY)
    for closed in ("form-action", "base-uri", "frame-ancestors"):
        assert f"{closed} 'none'" in directives


def test_the_api_is_never_cached_and_gets_all_that_it_reads(
    template: Template, distribution: Properties
) -> None:
    ident, policy = template.sole("AWS::CloudFront::OriginRequestPolicy")
    config = policy["OriginRequestPolicyConfig"]
    assert {"x-functions-key", "Ocp-Apim-Subscription-Key", "Content-Type"} <= set(
        config["HeadersConfig"]["Headers"]
    )
    assert config["QueryStringsConfig"] == {"QueryStringBehavior": "all"}
    assert config["CookiesConfig"] == {"CookieBehavior": "none"}
    for behaviour in distribution["CacheBehaviors"]:
        assert behaviour["CachePolicyId"] == CACHING_DISABLED
        assert behaviour["OriginRequestPolicyId"] == {"Ref": ident}
        assert behaviour["ViewerProtocolPolicy"] == "https-only"


CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"
"""Source: Amazon CloudFront guide, "Use managed cache policies"."""


def test_the_page_is_private_to_the_distribution(template: Template) -> None:
    _, bucket = template.sole("AWS::S3::Bucket")
    assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
    _, policy = template.sole("AWS::S3::BucketPolicy")
    allowed = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
    assert [s["Principal"] for s in allowed] == [{"Service": "cloudfront.amazonaws.com"}]


def test_nobody_keeps_a_list_of_visitors(distribution: Properties) -> None:
    assert "Logging" not in distribution


def test_the_edge_collapses_doubled_slashes(template: Template) -> None:
    _, function = template.sole("AWS::CloudFront::Function")
    assert function["FunctionCode"] == SLASHES.read_text()
    script = f"""
        {SLASHES.read_text()}
        const paths = {json.dumps(list(PATHS))}
        console.log(JSON.stringify(paths.map((uri) => handler({{ request: {{ uri }} }}).uri)))
    """
    told = subprocess.run(["node", "-e", script], capture_output=True, check=True)  # noqa: S607
    assert json.loads(told.stdout) == list(PATHS.values())


@pytest.mark.parametrize(("asked", "served"), PATHS.items())
def test_the_local_proxy_collapses_them_alike(asked: str, served: str) -> None:
    assert single_slashes(asked) == served
