"""One origin for page and API: a private bucket and the HTTP API behind CloudFront. No CORS."""

from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_apigatewayv2 as apigateway
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infrastructure.acknowledgements import acknowledge
from infrastructure.response_headers import response_headers
from infrastructure.tls_only import tls_only

_API_PATHS = ("/cases*", "/v1/*")
_FORWARDED = ("Accept", "Content-Type", "Origin", "Ocp-Apim-Subscription-Key", "x-functions-key")
"""All that the functions read. The visitor's agent and language stay at the edge."""
_SLASHES = Path(__file__).with_name("slashes.js")


class Site(Construct):
    """The page's bucket and the distribution in front of it and of the API."""

    def __init__(self, scope: Construct, ident: str, *, api: apigateway.HttpApi) -> None:
        super().__init__(scope, ident)
        self.bucket = self._private_bucket()
        self._headers = response_headers(self)
        to_api = self._to_api(api)
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment="NotYours: page and API",
            default_root_object="index.html",
            default_behavior=self._to_page(),
            additional_behaviors=dict.fromkeys(_API_PATHS, to_api),
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
        )
        acknowledge(self.distribution, _DISTRIBUTION)

    def _private_bucket(self) -> s3.Bucket:
        bucket = s3.Bucket(
            self,
            "Bucket",
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            encryption=s3.BucketEncryption.S3_MANAGED,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            removal_policy=cdk.RemovalPolicy.RETAIN,
        )
        everything = (bucket.bucket_arn, bucket.arn_for_objects("*"))
        bucket.add_to_resource_policy(tls_only(["s3:*"], *everything))
        acknowledge(bucket, {"AwsSolutions-S1": "A log of who opens this page endangers them."})
        return bucket

    def _to_page(self) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=origins.S3BucketOrigin.with_origin_access_control(self.bucket),
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=self._headers,
            compress=True,
        )

    def _to_api(self, api: apigateway.HttpApi) -> cloudfront.BehaviorOptions:
        host = f"{api.http_api_id}.execute-api.{cdk.Aws.REGION}.{cdk.Aws.URL_SUFFIX}"
        return cloudfront.BehaviorOptions(
            origin=origins.HttpOrigin(host),
            # A redirect would send credentials in the clear first and then take partners' headers
            # along, so plain HTTP is refused.
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.HTTPS_ONLY,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=self._forwarding(),
            response_headers_policy=self._headers,
            function_associations=[
                cloudfront.FunctionAssociation(
                    event_type=cloudfront.FunctionEventType.VIEWER_REQUEST,
                    function=cloudfront.Function(
                        self,
                        "Slashes",
                        code=cloudfront.FunctionCode.from_file(file_path=str(_SLASHES)),
                        runtime=cloudfront.FunctionRuntime.JS_2_0,
                    ),
                )
            ],
        )

    def _forwarding(self) -> cloudfront.OriginRequestPolicy:
        return cloudfront.OriginRequestPolicy(
            self,
            "Forwarding",
            header_behavior=cloudfront.OriginRequestHeaderBehavior.allow_list(*_FORWARDED),
            query_string_behavior=cloudfront.OriginRequestQueryStringBehavior.all(),
            cookie_behavior=cloudfront.OriginRequestCookieBehavior.none(),
        )


_DISTRIBUTION = {
    "AwsSolutions-CFR1": "People anywhere may be the ones in the pictures.",
    "AwsSolutions-CFR2": "The firewall comes with the abuse limits, in its own change.",
    "AwsSolutions-CFR3": "A log of who opens this page is a danger to them.",
    "AwsSolutions-CFR4": "Takes effect with the operator's own domain and certificate.",
}
