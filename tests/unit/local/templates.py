"""A template with the parts that the local proxy reads, written as the CDK writes them."""

from local.assembly import Template

TEMPLATE: Template = {
    "Resources": {
        "Headers": {
            "Type": "AWS::CloudFront::ResponseHeadersPolicy",
            "Properties": {
                "ResponseHeadersPolicyConfig": {
                    "SecurityHeadersConfig": {
                        "ContentSecurityPolicy": {
                            "ContentSecurityPolicy": "default-src 'none'",
                            "Override": True,
                        },
                        "ContentTypeOptions": {"Override": True},
                        "FrameOptions": {"FrameOption": "DENY", "Override": True},
                        "ReferrerPolicy": {"ReferrerPolicy": "no-referrer", "Override": True},
                        "StrictTransportSecurity": {
                            "AccessControlMaxAgeSec": 60,
                            "IncludeSubdomains": True,
                            "Override": True,
                            "Preload": True,
                        },
                    },
                    "CustomHeadersConfig": {
                        "Items": [{"Header": "X-Robots-Tag", "Value": "noindex", "Override": True}]
                    },
                    "RemoveHeadersConfig": {"Items": [{"Header": "Server"}]},
                }
            },
        },
        "Forwarding": {
            "Type": "AWS::CloudFront::OriginRequestPolicy",
            "Properties": {
                "OriginRequestPolicyConfig": {
                    "HeadersConfig": {
                        "HeaderBehavior": "whitelist",
                        "Headers": ["Content-Type", "x-functions-key"],
                    }
                }
            },
        },
        "Distribution": {
            "Type": "AWS::CloudFront::Distribution",
            "Properties": {
                "DistributionConfig": {
                    "DefaultRootObject": "index.html",
                    "Origins": [
                        {"Id": "page", "S3OriginConfig": {"OriginAccessIdentity": ""}},
                        {"Id": "api", "CustomOriginConfig": {}},
                    ],
                    "DefaultCacheBehavior": {
                        "TargetOriginId": "page",
                        "ResponseHeadersPolicyId": {"Ref": "Headers"},
                    },
                    "CacheBehaviors": [
                        {
                            "PathPattern": "/v1/*",
                            "TargetOriginId": "api",
                            "AllowedMethods": ["GET", "HEAD", "POST"],
                            "OriginRequestPolicyId": {"Ref": "Forwarding"},
                            "ResponseHeadersPolicyId": {"Ref": "Headers"},
                        }
                    ],
                }
            },
        },
    }
}
