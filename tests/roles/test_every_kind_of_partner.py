"""A partner of each kind is told of a report, every function under its own role."""

import json
import secrets
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from standardwebhooks import Webhook

from infrastructure.routes import FINISHER, PURGER
from infrastructure.webhook_secret import WebhookSecret
from local.system import Plan, System, running
from local.webhooks import Receivers
from tests.eventually import eventually
from tests.people import pdq
from tests.person import Person
from tests.receivers import OK, Authority, Server, listening, over_tls, read_request

QUEUE = "arn:aws:sqs:eu-north-1:000000000000:by-queue-inbox"
A_MINUTE_AND_SOME = 100.0
BUSY = b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n"


@dataclass
class Hook:
    """A receiver that is busy when it is asked for the first time."""

    requests: list[tuple[str, dict[str, str], str]] = field(default_factory=list)

    def behave(self, line: Any, _: threading.Event) -> None:
        self.requests.append(read_request(line))
        line.sendall(BUSY if len(self.requests) == 1 else OK)


@pytest.fixture(scope="module")
def hook() -> Hook:
    return Hook()


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, hook: Hook) -> Iterator[System]:
    """Return a running system with a partner of each kind, after one report."""
    folder = tmp_path_factory.mktemp("every-kind")
    authority = Authority.in_folder(folder)
    with listening(over_tls(authority.serves("localhost"), hook.behave)) as server:
        plan = Plan.throwaway(folder / "system", enforce_roles=True)
        here = Receivers((f"127.0.0.1:{server.port}", f"[::1]:{server.port}"), authority.file)
        with running(replace(plan, register=_register(folder, server), receivers=here)) as system:
            Person(system.page).report(pdq(secrets.randbits(64)))
            yield system


def _register(folder: Path, server: Server) -> Path:
    transports = {
        "by-queue": {"kind": "sqs", "queue_arn": QUEUE},
        "by-topic": {"kind": "sns", "account": "000000000000"},
        "by-webhook": {"kind": "webhook", "url": f"https://localhost:{server.port}/in"},
    }
    entries = [{"id": one, "name": one, "transport": how} for one, how in transports.items()]
    file = folder / "partners.json"
    file.write_text(json.dumps(entries))
    return file


@pytest.mark.parametrize("partner", ["by-queue", "by-topic"])
def test_a_queue_of_the_partners_own_is_told(told: System, partner: str) -> None:
    queue = told.partners[partner].queue
    assert queue is not None
    sqs = told.cloud.client("sqs")
    got = eventually(lambda: sqs.receive_message(QueueUrl=queue).get("Messages", []))
    body = json.loads(got[0]["Body"])
    assert (body["type"], body["signalType"]) == ("bank.changed", "ImagePDQ")


def test_a_webhook_is_sent_again_until_it_is_taken_and_is_signed_by_the_standard(
    told: System, hook: Hook
) -> None:
    refused, taken = eventually(lambda: hook.requests[:2], lambda seen: len(seen) == 2)
    arn = told.stack.outputs["WebhookSecretOfByWebhook"]
    secret = WebhookSecret(told.cloud.client("secretsmanager"), arn).show()["current"]
    for _, headers, body in (refused, taken):
        assert Webhook(secret).verify(body, headers)["type"] == "bank.changed"
    assert refused[1]["webhook-id"] == taken[1]["webhook-id"]
    assert refused[2] == taken[2]


def test_what_was_delivered_is_delivered_again_when_the_partner_asks_and_the_minute_comes(
    told: System, hook: Hook
) -> None:
    keys = told.partners["by-webhook"].keys
    before = eventually(lambda: hook.requests[:2], lambda seen: len(seen) == 2)

    replay = f"{told.page}/v1/deliveries/replay"
    headers = keys.headers("ReplayDeliveries")
    answer = httpx.post(replay, json={"startTimestamp": 10}, headers=headers, timeout=60)
    assert (answer.status_code, answer.json()["count"]) == (200, 1)

    waiting = _deliveries(told, keys.headers("Deliveries"))
    assert [one["id"] for one in waiting] == [before[0][1]["webhook-id"]]
    again = eventually(lambda: hook.requests[2:], patience=A_MINUTE_AND_SOME)
    assert again[0][2] == before[0][2]
    eventually(lambda: _deliveries(told, keys.headers("Deliveries")), lambda left: not left)


def _deliveries(told: System, headers: dict[str, str]) -> list[dict[str, Any]]:
    answer = httpx.get(f"{told.page}/v1/deliveries", headers=headers, timeout=60)
    answer.raise_for_status()
    return list(answer.json()["deliveries"])


@pytest.mark.parametrize("handler", [FINISHER, PURGER])
def test_what_the_clock_calls_may_do_all_that_it_tries(told: System, handler: str) -> None:
    functions = told.cloud.client("lambda").list_functions()["Functions"]
    (name,) = (one["FunctionName"] for one in functions if f".{handler}." in one["Handler"])
    answer = told.cloud.client("lambda").invoke(FunctionName=name, Payload=b"{}")
    assert "FunctionError" not in answer, answer["Payload"].read()
