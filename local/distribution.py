"""The CloudFront distribution, read from the template: which path goes where, with which headers.

The local proxy obeys what is read here, so a header or a path pattern is written down once, in
infrastructure/, and is the same on a laptop.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

from local.assembly import Template

DISTRIBUTION = "AWS::CloudFront::Distribution"


@dataclass(frozen=True)
class Behaviour:
    """What is done with the paths that match `pattern`."""

    pattern: str
    api: bool
    """Goes to the functions; otherwise to the files of the page."""
    methods: tuple[str, ...]
    forwards: tuple[str, ...]
    """The request headers that the origin sees."""
    headers: dict[str, str]
    """Set on every response, replacing what the origin said."""
    removes: tuple[str, ...]
    """Response headers of the origin that the viewer does not see."""

    def matches(self, path: str) -> bool:
        """Whether this behaviour is for `path`: `*` is any text, `?` any one character."""
        return fnmatchcase(path, self.pattern.replace("[", "[[]"))


@dataclass(frozen=True)
class Distribution:
    """All behaviours, the first match wins, and the page behind `/`."""

    behaviours: tuple[Behaviour, ...]
    root: str

    @classmethod
    def from_template(cls, template: Template) -> "Distribution":
        """Read the one distribution of a template."""
        resources = template["Resources"]
        (found,) = (r for r in resources.values() if r["Type"] == DISTRIBUTION)
        config = found["Properties"]["DistributionConfig"]
        # CloudFront looks at the default behaviour last.
        written = [*config.get("CacheBehaviors", []), config["DefaultCacheBehavior"]]
        return cls(
            tuple(_behaviour(each, config["Origins"], resources) for each in written),
            f"/{config['DefaultRootObject']}",
        )

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> "Distribution":
        """Make it from its fields, as JSON holds them."""
        behaviours = ({k: _frozen(v) for k, v in each.items()} for each in data["behaviours"])
        return cls(tuple(Behaviour(**each) for each in behaviours), data["root"])

    def behaviour(self, path: str) -> Behaviour:
        """Return the behaviour for `path`; the last one takes what no other does."""
        return next(each for each in self.behaviours if each.matches(path))


def _frozen(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def _behaviour(written: dict[str, Any], origins: list[Any], resources: Template) -> Behaviour:
    (origin,) = (each for each in origins if each["Id"] == written["TargetOriginId"])
    policy = _policy(resources, written["ResponseHeadersPolicyId"], "ResponseHeadersPolicyConfig")
    removed = policy.get("RemoveHeadersConfig", {}).get("Items", [])
    return Behaviour(
        pattern=written.get("PathPattern", "*"),
        api="CustomOriginConfig" in origin,
        methods=tuple(written.get("AllowedMethods", ("GET", "HEAD"))),
        forwards=_forwarded(resources, written.get("OriginRequestPolicyId")),
        headers=dict(_headers(policy)),
        removes=tuple(item["Header"] for item in removed),
    )


def _policy(resources: Template, reference: dict[str, str], config: str) -> dict[str, Any]:
    found: dict[str, Any] = resources[reference["Ref"]]["Properties"][config]
    return found


def _forwarded(resources: Template, reference: dict[str, str] | None) -> tuple[str, ...]:
    if reference is None:
        return ()
    headers = _policy(resources, reference, "OriginRequestPolicyConfig")["HeadersConfig"]
    return tuple(headers["Headers"])


def _headers(config: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for kind, setting in config.get("SecurityHeadersConfig", {}).items():
        name, value = SECURITY_HEADERS[kind]
        yield name, value(setting)
    for item in config.get("CustomHeadersConfig", {}).get("Items", []):
        yield item["Header"], item["Value"]


def _strict_transport_security(setting: dict[str, Any]) -> str:
    parts = [f"max-age={setting['AccessControlMaxAgeSec']}"]
    if setting.get("IncludeSubdomains"):
        parts.append("includeSubDomains")
    if setting.get("Preload"):
        parts.append("preload")
    return "; ".join(parts)


SECURITY_HEADERS: dict[str, tuple[str, Callable[[dict[str, Any]], str]]] = {
    "ContentSecurityPolicy": (
        "Content-Security-Policy",
        lambda setting: str(setting["ContentSecurityPolicy"]),
    ),
    "ContentTypeOptions": ("X-Content-Type-Options", lambda _: "nosniff"),
    "FrameOptions": ("X-Frame-Options", lambda setting: str(setting["FrameOption"])),
    "ReferrerPolicy": ("Referrer-Policy", lambda setting: str(setting["ReferrerPolicy"])),
    "StrictTransportSecurity": ("Strict-Transport-Security", _strict_transport_security),
}
"""How CloudFront spells each setting; a kind that is missing here must not go unnoticed.

Source: Amazon CloudFront Developer Guide, "Understand response headers policies".
"""
