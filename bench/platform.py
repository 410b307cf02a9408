"""A partner as the bench plays it: asks the feed without a pause, and listens to its queue."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx

from bench.arrivals import sent_at
from local.system import System

BACK = 60
"""Seconds. The feed is read from a minute ago, so that every answer is one page."""
PAGE = 1_000


@dataclass(frozen=True)
class Platform:
    """Its way to the feed and its own queue."""

    http: httpx.Client
    sqs: Any
    queue: str
    heard_of: set[str] = field(default_factory=set)

    @classmethod
    @contextmanager
    def of(cls, system: System, partner: str) -> "Iterator[Platform]":
        """Take a partner's place."""
        own = system.partners[partner]
        assert own.queue is not None
        keys = own.keys.headers("FetchHashes")
        with httpx.Client(base_url=system.page, headers=keys, timeout=30, trust_env=False) as http:
            yield cls(http, system.cloud.client("sqs"), own.queue)

    def fetch(self) -> list[dict[str, Any]]:
        """Fetch what the feed has of the last minute."""
        asked = {"startTimestamp": int(time.time()) - BACK, "pageSize": PAGE}
        answer = self.http.get("/v1/FetchHashes", params=asked).raise_for_status()
        return list(answer.json()["hashRecords"])

    def saw(self, value: str) -> float:
        """Ask the feed until it has this hash; return when it had, in seconds since 1970."""
        while all(record["hashValue"] != value for record in self.fetch()):
            pass
        return time.time()

    def was_told(self) -> float:
        """Return when the queue got the next message that tells of a hash for the first time."""
        arrivals = sent_at(self.sqs, self.queue)
        while True:
            sent, body = next(arrivals)
            told = {change["hashId"] for change in json.loads(body)["changes"]}
            if not told <= self.heard_of:
                self.heard_of.update(told)
                return sent
