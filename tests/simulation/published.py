"""The published client at a stage: its own command, merge and checkpoints, over our handler."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from threatexchange.cli.fetch_cmd import FetchCommand
from threatexchange.exchanges.clients.stopncii.api import StopNCIIAPI, StopNCIIEndpoint
from threatexchange.exchanges.collab_config import CollaborationConfigBase
from threatexchange.exchanges.impl.stop_ncii_api import StopNCIISignalExchangeAPI

from functions.partner_sync import fetch_hashes
from functions.shared import http
from functions.shared.app import App
from functions.shared.records import _feedbacks
from functions.shared.store import Store
from infrastructure.keys import issue
from tests.edge import event
from tests.simulation.broken import Broken, holds
from tests.simulation.stage import Killed, Stage, idle
from tests.simulation.watch import Watch
from tests.simulation.writers import AppOf, Wanted

NAMES = {"ImagePDQ": "pdq", "VideoMD5": "video_md5"}
"""The client's own names of the types that it keeps."""

MOST_RUNS = 200


class Unanswered(Exception):
    """What the client's transport raises when no answer comes, or one that says no."""


class Api(StopNCIIAPI):
    """The client, with a function in place of the network."""

    def __init__(
        self, keys: dict[str, Any], send: Callable[[Any], Any], first: Mapping[str, int]
    ) -> None:
        endpoint = StopNCIIEndpoint.FetchHashes
        super().__init__(keys["subscription_key"], keys["function_keys"][endpoint.value])
        self.send = send
        self.broken: Broken | None = None
        """What it found; the command would take it for a fault of the network."""
        self.first = first
        """When the log first named each hash."""

    def _get(self, endpoint: StopNCIIEndpoint, **params: Any) -> Any:
        with self._get_session(endpoint) as session:
            headers = {name.lower(): value for name, value in session.headers.items()}
        answered = self.send(event("GET", f"/v1/{endpoint.value}", query=params, headers=headers))
        if answered["statusCode"] != 200:
            raise Unanswered(answered["statusCode"])
        page = json.loads(answered["body"])
        for one in page["hashRecords"]:
            known = self.first[one["hashId"]] <= params["startTimestamp"]
            if not known and one["hashStatus"] != "Active":
                self.broken = Broken("rule 6", "a hash is learned as withdrawn")
        return page


@dataclass
class Disk:
    """Where the command keeps what it fetched; what was not flushed goes with a crash."""

    merged: dict[Any, Any] = field(default_factory=dict)
    checkpoint: Any = None
    held: list[tuple[dict[Any, Any], Any]] = field(default_factory=lambda: [({}, None)])

    def merge(self, collab: Any, delta: Any) -> None:
        StopNCIISignalExchangeAPI.naive_fetch_merge(self.merged, delta.updates)
        self.checkpoint = delta.checkpoint
        self.flush()

    def flush(self) -> None:
        self.held.append((dict(self.merged), deepcopy(self.checkpoint)))

    def get_checkpoint(self, collab: Any) -> Any:
        return self.checkpoint

    def falls_back(self, place: int) -> None:
        self.held = self.held[: place + 1]
        merged, self.checkpoint = self.held[place]
        self.merged = dict(merged)


@dataclass
class PublishedReader:
    """A partner with the published command. At most one a stage: a handler serves one at a time."""

    stage: Stage
    app: AppOf
    watch: Watch
    partner: str
    keys: dict[str, Any]
    runs: int
    disk: Disk = field(default_factory=Disk)

    def __post_init__(self) -> None:
        self.collab = CollaborationConfigBase("bank", StopNCIISignalExchangeAPI.get_name(), True)
        self.api = Api(self.keys, self._send, self.watch.first)

    def reads(self) -> None:
        """Run the command now and then, and lose what it kept now and then."""
        for _ in range(self.runs):
            idle(60)
            self._fetches()
            if self.stage.chance(0.3):
                self.disk.falls_back(self.stage.draw.randrange(len(self.disk.held)))

    def reads_on(self) -> None:
        """Run the command once more."""
        self._fetches()

    def finishes(self) -> None:
        """Run the command until it has succeeded twice."""
        succeeded = 0
        for _ in range(MOST_RUNS):
            succeeded += self._fetches()
            if succeeded == 2:
                return
        holds(False, "P9", "the published command never succeeds")

    def starts_over(self) -> None:
        """Fetch anew from 0 next time, as docs/partners.md says after a long absence."""
        self.disk = Disk()

    def at_rest(self, wanted: Wanted) -> None:
        """Check that it has all that is active, as the bank has it now, and nothing made up.

        It lets go of no hash, says docs/partners.md, so it may have what it was once sent.
        """
        shown = wanted.shown(self.watch.hashes)
        active = {(NAMES[one.type], one.value) for one in shown if one.type in NAMES}
        kept = self.disk.merged
        holds(active <= kept.keys(), "P9", "the published client has what is active")
        ever = {(NAMES.get(one.type), one.value) for one in self.watch.published}
        holds(kept.keys() <= ever, "P9", "it has nothing that was never published")
        for item in self.watch.hashes.values():
            place = NAMES.get(item.signal.type, ""), item.signal.value
            if place in active:
                said = {one["source"]: one["feedbackValue"] for one in _feedbacks(item)}
                told = {one.source: one.feedbackValue.value for one in kept[place].feedbacks}
                holds(told == said, "P9", "the published client has the latest of what is active")

    def get_instance_for_collab(self, collab: Any) -> StopNCIISignalExchangeAPI:
        """As the command's settings do."""
        return StopNCIISignalExchangeAPI(collab, self.api)

    def get_for_api(self, api: Any) -> Disk:
        """As the command's settings do."""
        return self.disk

    def get_all_signal_types(self) -> list[Any]:
        """As the command's settings do."""
        return []

    apis = fetched_state = property(lambda self: self)

    def _fetches(self) -> bool:
        """Run the command once; return whether it succeeded. A crash is no success."""
        before = self.disk.checkpoint
        try:
            settings: Any = self
            done = FetchCommand(checkpoint_every=0).execute_for_collab(settings, self.collab)
        except Killed:
            return False
        if self.api.broken:
            raise self.api.broken
        after = self.disk.checkpoint
        rewound = before and after and after.update_time < before.update_time
        holds(not rewound, "P9", "checkpoint time rewound?")
        return bool(done)

    def _send(self, request: Any) -> Any:
        with self._serving():
            return fetch_hashes.handler(request, LambdaContext())

    @contextmanager
    def _serving(self) -> Iterator[None]:
        app: App = self.app("partner_sync.fetch_hashes")
        with pytest.MonkeyPatch.context() as patch:
            for place in (fetch_hashes, http):
                patch.setattr(place, "app", lambda: app)
            yield


def keys_for(partner: str, store: Store) -> dict[str, Any]:
    """Issue keys as the operator does."""
    return issue(partner, store.keys, date(2027, 1, 15))
