"""One case all the way round over HTTP, as its person and its partner live it."""

import secrets
from typing import Any

import httpx

from local.system import System
from tests.eventually import eventually
from tests.people import pdq
from tests.person import Person

PARTNER = "example-social"


def go_round(system: System, patience: float, done: list[str]) -> None:
    """Report, publish, hear, follow, answer, withdraw, confirm; every step must show its effect.

    Each step that is through is added to `done`. Example Social looks at the feed by itself once
    a minute only: within `patience`, fewer seconds than that, it acts because it was told.
    """
    value = pdq(secrets.randbits(64))
    person = Person(system.page)
    assert person.report(value)["received"] == 1
    done.append("report")

    record = eventually(lambda: _record(system, value), patience=patience)
    assert record["hashStatus"] == "Active"
    done.append("publish")
    eventually(lambda: _known_to_social(system), lambda count: count == 1, patience)
    done.append("hear")

    _fetch(system, record["lastModtimestamp"])
    assert person.states() == {"received": 1}
    done.append("follow")
    _answer(system, value, "Blocked")
    assert person.states() == {"removed": 1}
    done.append("answer")

    assert person.withdraw() == {"status": "Withdrawn", "remaining": 0}
    done.append("withdraw")
    eventually(person.states, lambda states: states == {"withdrawal_confirmed": 1}, patience)
    assert _known_to_social(system) == 0
    assert _record(system, value, record["lastModtimestamp"])["hashStatus"] == "Withdrawn"
    _submit(system, pdq(secrets.randbits(64)))
    done.append("confirm")


def _record(system: System, value: str, start: int = 10) -> dict[str, Any]:
    records = _fetch(system, start)["hashRecords"]
    return next((record for record in records if record["hashValue"] == value), {})


def _fetch(system: System, start: int) -> dict[str, Any]:
    return _call(system, "FetchHashes", params={"startTimestamp": start, "pageSize": 1000})


def _answer(system: System, value: str, feedback: str) -> None:
    item = {"hashValue": value, "feedbackValue": feedback, "tags": []}
    told = _call(system, "SubmitFeedback", json={"count": 1, "hashFeedbacks": [item]})
    assert told["results"][0]["result"] == "stored"


def _submit(system: System, value: str) -> None:
    item = {"signalType": "ImagePDQ", "hashValue": value, "CSPFeedbacks": []}
    told = _call(system, "SubmitHashes", json={"count": 1, "hashRecords": [item]})
    assert told["results"][0]["result"] == "stored"


def _call(system: System, endpoint: str, **request: Any) -> dict[str, Any]:
    method = "POST" if "json" in request else "GET"
    answer = httpx.request(
        method,
        f"{system.page}/v1/{endpoint}",
        headers=system.partners[PARTNER].keys.headers(endpoint),
        timeout=30,
        **request,
    )
    answer.raise_for_status()
    return dict(answer.json())


def _known_to_social(system: System) -> int:
    return int(httpx.get(f"{system.social}/api/status").json()["hashes"])
