"""What belongs to the partners, not to the stack: their queues and their keys."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from infrastructure.partners import words
from infrastructure.routes import ENDPOINTS
from local.children import ROOT
from local.cloud import Cloud
from local.environment import as_owner
from local.errand import errand
from local.refusal import Refusal
from local.stack import Stack

REGISTERED = ROOT / "infrastructure" / "partners.json"
REGISTER = "PARTNERS_REGISTER"
"""The variable by which a process is told of another register than this project's."""
OWNER_ONLY = 0o600


@dataclass(frozen=True)
class PartnerKeys:
    """What a partner is handed once, when it joins."""

    subscription_key: str
    function_keys: dict[str, str]
    """One for each endpoint, by its name."""

    def headers(self, endpoint: str) -> dict[str, str]:
        """Return the headers that a call of `endpoint` needs."""
        return {
            "Ocp-Apim-Subscription-Key": self.subscription_key,
            "x-functions-key": self.function_keys[endpoint],
        }


@dataclass(frozen=True)
class Partner:
    """What is a partner's own: the queue it listens to, if to any, and its keys."""

    queue: str | None
    keys: PartnerKeys


def registered(register: Path = REGISTERED) -> list[dict[str, Any]]:
    """Return the partners as a register holds them."""
    partners: list[dict[str, Any]] = json.loads(register.read_text())
    return partners


def create_queues(cloud: Cloud, among: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Create the queue of each partner that is told by one. Returns their addresses by partner."""
    return {
        one["id"]: _queue(cloud, one["transport"]["queue_arn"].rpartition(":")[2])
        for one in among
        if one["transport"]["kind"] == "sqs"
    }


def subscribe_queues(cloud: Cloud, stack: Stack, among: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Subscribe a queue to each topic that is one partner's own, as the partner would.

    Returns their addresses by partner.
    """
    return {
        one["id"]: _subscribed(
            cloud, stack.outputs[f"TopicOf{words(one['id'])}"], f"{one['id']}-inbox"
        )
        for one in among
        if one["transport"]["kind"] == "sns"
    }


def _subscribed(cloud: Cloud, topic: str, name: str) -> str:
    sqs, queue = cloud.client("sqs"), _queue(cloud, name)
    told = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])["Attributes"]
    policy = json.dumps(_open_to(topic, told["QueueArn"]))
    sqs.set_queue_attributes(QueueUrl=queue, Attributes={"Policy": policy})
    cloud.client("sns").subscribe(
        TopicArn=topic,
        Protocol="sqs",
        Endpoint=told["QueueArn"],
        Attributes={"RawMessageDelivery": "true"},
    )
    return queue


def _open_to(topic: str, queue: str) -> dict[str, Any]:
    """Return the policy of a queue that takes what this topic sends, and nothing else."""
    allowed = {
        "Effect": "Allow",
        "Principal": {"Service": "sns.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": queue,
        "Condition": {"ArnEquals": {"aws:SourceArn": topic}},
    }
    return {"Version": "2012-10-17", "Statement": [allowed]}


def _queue(cloud: Cloud, name: str) -> str:
    return str(cloud.client("sqs").create_queue(QueueName=name)["QueueUrl"])


def keys(  # noqa: PLR0913 - what each partner's keys depend on
    partner: str,
    stack: Stack,
    cloud: Cloud,
    site: str,
    folder: Path,
    *,
    told: Mapping[str, str] | None = None,
) -> PartnerKeys:
    """Return one partner's keys: those kept in `folder` if the system takes them, else new ones.

    Keys that were issued before, and are lost or not taken, are revoked: two sets are the most.

    Raises:
        Refusal: the operator's command did not issue any.
    """
    kept = folder / f"{partner}.json"
    if kept.exists() and (found := _read(kept.read_text())) and _taken(found, site):
        return found
    issued = _issued(partner, stack, cloud, told or {})
    folder.mkdir(parents=True, exist_ok=True)
    kept.touch(OWNER_ONLY)
    kept.write_text(issued)
    if (made := _read(issued)) is None:
        raise Refusal(f"What was issued to {partner} are no keys")
    return made


def _read(text: str) -> PartnerKeys | None:
    """Return the keys in a file; nothing if it is cut short or an endpoint came since then."""
    try:
        found = json.loads(text)
        made = PartnerKeys(found["subscription_key"], found["function_keys"])
    except (ValueError, KeyError):
        return None
    return made if set(ENDPOINTS) <= set(made.function_keys) else None


def _taken(found: PartnerKeys, site: str) -> bool:
    answer = httpx.get(
        f"{site}/v1/FetchHashes",
        params={"startTimestamp": 10, "pageSize": 1},
        headers=found.headers("FetchHashes"),
        timeout=60,
        trust_env=False,
    )
    return answer.is_success


def _issued(partner: str, stack: Stack, cloud: Cloud, told: Mapping[str, str]) -> str:
    environment = {**as_owner(cloud.endpoint), **told}
    bank = ["--table", stack.outputs["BankTable"]]
    ledger = ["--erasures", stack.outputs["ErasuresTable"]]
    _keys("revoke", partner, "--all", *bank, *ledger, environment=environment)
    return _keys("issue", partner, *bank, environment=environment)


def _keys(*arguments: str, environment: Mapping[str, str]) -> str:
    return errand(
        "infrastructure.keys",
        *arguments,
        environment=environment,
        failing=f"No keys could be issued to {arguments[1]}",
    )
