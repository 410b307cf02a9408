"""What belongs to the example partner, not to the stack: its queue and its keys."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from infrastructure.routes import ENDPOINTS
from local.children import ROOT
from local.cloud import Cloud
from local.environment import as_owner
from local.errand import errand
from local.refusal import Refusal
from local.stack import Stack

REGISTER = ROOT / "infrastructure" / "partners.json"
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
    """What is a partner's own: the queue it listens to, and its keys."""

    queue: str
    keys: PartnerKeys


def registered() -> list[dict[str, Any]]:
    """Return the partners as the register holds them."""
    partners: list[dict[str, Any]] = json.loads(REGISTER.read_text())
    return partners


def create_queues(cloud: Cloud) -> dict[str, str]:
    """Create the queue of each partner that has one. Returns their addresses by partner."""
    sqs = cloud.client("sqs")
    return {
        partner["id"]: sqs.create_queue(
            QueueName=partner["transport"]["queue_arn"].rpartition(":")[2]
        )["QueueUrl"]
        for partner in registered()
        if partner["transport"]["kind"] == "sqs"
    }


def keys(partner: str, stack: Stack, cloud: Cloud, site: str, folder: Path) -> PartnerKeys:
    """Return one partner's keys: those kept in `folder` if the system takes them, else new ones.

    Keys that were issued before, and are lost or not taken, are revoked: two sets are the most.

    Raises:
        Refusal: the operator's command did not issue any.
    """
    kept = folder / f"{partner}.json"
    if kept.exists() and (found := _read(kept.read_text())) and _taken(found, site):
        return found
    issued = _issued(partner, stack.outputs["BankTable"], cloud)
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


def _issued(partner: str, table: str, cloud: Cloud) -> str:
    _keys("revoke", partner, "--all", "--table", table, cloud=cloud)
    return _keys("issue", partner, "--table", table, cloud=cloud)


def _keys(*arguments: str, cloud: Cloud) -> str:
    return errand(
        "infrastructure.keys",
        *arguments,
        environment=as_owner(cloud.endpoint),
        failing=f"No keys could be issued to {arguments[1]}",
    )
