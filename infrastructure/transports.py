"""How partners can be told: what each kind is configured with, and what rights that takes.

What is then done is in functions/shared/transports/, one file a kind; every kind is in both.
"""

import os
import re
from dataclasses import dataclass, fields

from functions.shared.transports.webhook.target import HTTPS, Target

_QUEUE_ARN = re.compile(r"arn:aws:sqs:[a-z]{2}(-[a-z]+)+-\d:\d{12}:[A-Za-z0-9_-]{1,80}")
"""Of a standard queue: a FIFO queue, whose name ends in .fifo, takes no message without a group."""
_ACCOUNT = re.compile(r"\d{12}")
_LABEL = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
_PUBLIC_NAME = re.compile(rf"({_LABEL}\.)+(?=[a-z]){_LABEL}")
"""A name with a dot in it whose last part begins with a letter, so no address in any spelling."""
_NOWHERE = ("localhost", "local", "internal", "home.arpa", "onion")
"""Endings of names that the public internet does not know. Source: RFC 6761, 6762, 7686, 8375."""


@dataclass(frozen=True)
class SqsTransport:
    """The partner's own queue, in the partner's own account."""

    queue_arn: str

    def __post_init__(self) -> None:
        if not isinstance(self.queue_arn, str) or not _QUEUE_ARN.fullmatch(self.queue_arn):
            raise ValueError("partners.json: queue_arn is not the ARN of a standard SQS queue")

    @property
    def rights(self) -> dict[str, list[str]]:
        """What the partner's deliverer may do outside the stack: actions by resource."""
        return {self.queue_arn: ["sqs:GetQueueUrl", "sqs:SendMessage"]}


@dataclass(frozen=True)
class SnsTransport:
    """A topic of ours, to which the partner subscribes queues of its own account."""

    account: str

    def __post_init__(self) -> None:
        if not isinstance(self.account, str) or not _ACCOUNT.fullmatch(self.account):
            raise ValueError("partners.json: account is not the 12 digits of an AWS account")

    @property
    def rights(self) -> dict[str, list[str]]:
        """Nothing: the topic is the stack's own."""
        return {}


@dataclass(frozen=True)
class WebhookTransport:
    """An address of the partner's, to which requests are posted."""

    url: str

    def __post_init__(self) -> None:
        try:
            target = Target.parse(self.url)
        except ValueError as wrong:
            raise ValueError(f"partners.json: url cannot be posted to: {wrong}") from None
        if _on_this_machine(target):
            return
        if target.port != HTTPS:
            raise ValueError("partners.json: url cannot be posted to: its port is not 443")
        if not _public_name(target.host):
            raise ValueError("partners.json: url cannot be posted to: its host is no public name")

    @property
    def rights(self) -> dict[str, list[str]]:
        """Nothing: the secret that signs is the stack's own, and the rest is no matter of AWS."""
        return {}


def _on_this_machine(target: Target) -> bool:
    """Whether this is a local run with a receiver beside it, of which functions are told alike."""
    return target.host == "localhost" and bool(os.environ.get("WEBHOOK_ALSO_REACHABLE"))


def _public_name(host: str) -> bool:
    if len(host) > 253 or not _PUBLIC_NAME.fullmatch(host):
        return False
    return not any(host.endswith(f".{ending}") for ending in _NOWHERE)


Transport = SqsTransport | SnsTransport | WebhookTransport

TRANSPORTS: dict[str, type[Transport]] = {
    "sqs": SqsTransport,
    "sns": SnsTransport,
    "webhook": WebhookTransport,
}
"""By the `kind` of a partner's transport. Its other settings are the class's fields."""


def transport(entry: object) -> Transport:
    """Read a partner's transport.

    Raises:
        ValueError: no such kind, or not the settings that it has.
    """
    if not isinstance(entry, dict) or str(entry.get("kind")) not in TRANSPORTS:
        raise ValueError(f"partners.json: the kind of transport is one of {', '.join(TRANSPORTS)}")
    kind = TRANSPORTS[entry["kind"]]
    settings = [field.name for field in fields(kind)]
    if set(entry) != {"kind", *settings}:
        raise ValueError(f"partners.json: this transport has kind, {', '.join(settings)}")
    return kind(**{name: entry[name] for name in settings})
