"""Hasher-Matcher-Actioner as a client: the published exchange class, driven as its fetcher does.

What that fetcher does, from reading it: it takes deltas from `fetch_iter`, holds that progress
never goes back, merges them until they are 5,000 or a minute old, and then commits them together
with the last checkpoint, which it checks to start from the one stored before. After 240 s it
stops wherever it is and commits what it has. Records are kept by (type, value), each converted to
signals by itself, and an index is built anew from all of them. It sends no feedback of its own.
"""

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from threatexchange.exchanges.clients.stopncii.api import StopNCIIAPI, StopNCIICSPFeedbackValue
from threatexchange.exchanges.clients.stopncii.api import StopNCIISignalType as Types
from threatexchange.exchanges.collab_config import CollaborationConfigBase
from threatexchange.exchanges.fetch_state import SignalOpinion
from threatexchange.exchanges.fetch_state import SignalOpinionCategory as Opinions
from threatexchange.exchanges.impl.stop_ncii_api import (
    StopNCIICheckpoint,
    StopNCIICredentials,
    StopNCIISignalExchangeAPI,
)
from threatexchange.signal_type.md5 import VideoMD5Signal
from threatexchange.signal_type.pdq.signal import PdqSignal
from threatexchange.utils import dataclass_json

from local.system import System
from tests.contract.conftest import PARTNER, client_of
from tests.eventually import eventually
from tests.people import pdq
from tests.person import Person

SIGNALS = [PdqSignal, VideoMD5Signal]
COLLAB = CollaborationConfigBase("NotYours", "stop_ncii", enabled=True)
COMMIT_AT = 5_000

Key = tuple[str, str]


@dataclass
class Matcher:
    """What such a platform keeps between runs: records by key, and where to go on."""

    api: StopNCIISignalExchangeAPI
    records: dict[Key, Any] = field(default_factory=dict)
    checkpoint: StopNCIICheckpoint | None = None
    commits: int = 0

    def fetch(self, *, most_pages: int = 1_000, commit_at: int = COMMIT_AT) -> bool:
        """Fetch until done, or cut off after so many pages; return whether it is up to date."""
        started_from = seen = self.checkpoint
        pending: dict[Key, Any] = {}
        for number, delta in enumerate(self.api.fetch_iter(SIGNALS, self.checkpoint), 1):
            assert delta.checkpoint is not None
            if seen is not None:
                assert seen.update_time <= delta.checkpoint.update_time
            seen = delta.checkpoint
            pending |= delta.updates
            if len(pending) >= commit_at:
                self._commit(started_from, pending, seen)
                started_from, pending = seen, {}
            if number == most_pages:
                self._commit(started_from, pending, seen)
                return False
        if seen is not None:
            self._commit(started_from, pending, seen)
        return True

    def values(self) -> set[str]:
        return {value for _, value in self.records}

    def fetched(self) -> set[str]:
        """Fetch everything there is, and return the values that are kept then."""
        assert self.fetch()
        return self.values()

    def index(self, kind: Any = PdqSignal) -> Any:
        """Return an index built from everything, as it is built from scratch every time."""
        converted = self.api.naive_convert_to_signal_type(SIGNALS, COLLAB, self.records)
        return kind.get_index_cls().build(
            [(value, number) for number, value in enumerate(converted.get(kind, {}))]
        )

    def _commit(
        self,
        started_from: StopNCIICheckpoint | None,
        updates: Mapping[Key, Any],
        reached: StopNCIICheckpoint,
    ) -> None:
        assert started_from == self.checkpoint
        for key, value in updates.items():
            usable = value and self.api.naive_convert_to_signal_type(SIGNALS, COLLAB, {key: value})
            if usable:
                self.records[key] = value
            else:
                self.records.pop(key, None)
        self.checkpoint = reached
        self.commits += 1


def matcher_of(system: System, **kept: Any) -> Matcher:
    own = system.partners[PARTNER].keys
    text = f"{own.function_keys['FetchHashes']},{own.subscription_key},{system.page}/v1"
    credentials = StopNCIICredentials._from_str(text)
    return Matcher(StopNCIISignalExchangeAPI.for_collab(COLLAB, credentials), **kept)


@pytest.fixture
def matcher(system: System) -> Matcher:
    return matcher_of(system)


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the client ask for two records at a time: it has no setting for it."""
    usual = StopNCIIAPI.fetch_hashes

    def small(self: StopNCIIAPI, **asked: Any) -> Any:
        return usual(self, **{**asked, "page_size": 2})

    monkeypatch.setattr(StopNCIIAPI, "fetch_hashes", small)


def reported(system: System, matcher: Matcher, count: int = 5) -> list[str]:
    """Report so many hashes, and return them once they are in the feed."""
    hashes = [pdq(secrets.randbits(64)) for _ in range(count)]
    Person(system.page).report(*hashes)
    probe = matcher_of(system)
    eventually(
        lambda: probe.fetch() and probe.values(), lambda seen: set(hashes) <= set(seen or ())
    )
    return hashes


def near(value: str, bits: Iterable[int]) -> str:
    return f"{int(value, 16) ^ sum(1 << bit for bit in bits):064x}"


def test_what_it_fetches_is_what_its_index_finds(system: System, matcher: Matcher) -> None:
    hashes = reported(system, matcher)

    assert matcher.fetch()

    index = matcher.index()
    for value in hashes:
        assert index.query(value)
        assert index.query(near(value, range(31)))
        assert not index.query(near(value, range(80)))


def test_videos_are_found_by_their_md5(system: System, matcher: Matcher, person: Person) -> None:
    value = secrets.token_hex(16)
    person.report_all([{"type": "VideoMD5", "value": value}])

    eventually(matcher.fetched, lambda seen: value in seen)

    assert matcher.index(VideoMD5Signal).query(value)


def test_it_goes_on_from_the_checkpoint_that_it_stored(system: System, matcher: Matcher) -> None:
    early = reported(system, matcher)
    assert matcher.fetch()
    kept = matcher.checkpoint
    assert isinstance(kept, StopNCIICheckpoint)
    assert not kept.is_stale()

    late = reported(system, matcher)
    stored = json.dumps(dataclass_json.dataclass_dump_dict(kept))
    loaded = dataclass_json.dataclass_load_dict(json.loads(stored), StopNCIICheckpoint)
    resumed = matcher_of(system, records=dict(matcher.records), checkpoint=loaded)
    assert resumed.fetch()

    assert {*early, *late} <= resumed.values()
    whole = matcher_of(system)
    assert whole.fetch()
    assert whole.values() <= resumed.values()


@pytest.mark.usefixtures("small_pages")
@pytest.mark.parametrize("most_pages", [1, 2, 3])
def test_cut_off_after_any_page_it_has_everything_in_the_end(
    system: System, matcher: Matcher, most_pages: int
) -> None:
    hashes = reported(system, matcher, 7)
    whole = matcher_of(system)
    assert whole.fetch()

    first = whole.checkpoint
    assert first is not None
    matcher.fetch(most_pages=most_pages)
    cut_off = matcher.checkpoint
    assert cut_off is not None
    assert cut_off.update_time <= first.update_time

    assert matcher.fetch()

    assert set(hashes) <= matcher.values()
    assert matcher.records.keys() == whole.records.keys()


@pytest.mark.usefixtures("small_pages")
def test_what_it_commits_in_between_is_a_place_to_go_on_from(
    system: System, matcher: Matcher
) -> None:
    hashes = reported(system, matcher, 7)

    assert matcher.fetch(commit_at=3)

    assert matcher.commits > 1
    assert set(hashes) <= matcher.values()


def test_fetching_again_with_nothing_new_moves_nothing_back(
    system: System, matcher: Matcher
) -> None:
    reported(system, matcher)
    assert matcher.fetch()
    kept = matcher.checkpoint
    assert kept is not None

    for _ in range(3):
        assert matcher.fetch()

    again = matcher.checkpoint
    assert again is not None
    assert again.update_time >= kept.update_time


def test_answers_of_platforms_are_opinions_to_it(system: System, matcher: Matcher) -> None:
    seen, unseen, *_ = reported(system, matcher)
    api = client_of(system)
    api.submit_feedback(Types.ImagePDQ, seen, StopNCIICSPFeedbackValue.Blocked, {"x"})
    api.submit_feedback(Types.ImagePDQ, unseen, StopNCIICSPFeedbackValue.NotBlocked)

    def opinions(value: str) -> set[Opinions]:
        matcher.fetch()
        kept = matcher.records["pdq", value]
        return {opinion.category for opinion in kept.get_as_opinions()}

    eventually(lambda: opinions(seen), lambda told: Opinions.POSITIVE_CLASS in told)
    eventually(lambda: opinions(unseen), lambda told: Opinions.NEGATIVE_CLASS in told)


def test_it_offers_no_way_to_send_an_opinion(matcher: Matcher) -> None:
    opinion = SignalOpinion(True, Opinions.POSITIVE_CLASS, set())
    with pytest.raises(NotImplementedError):
        matcher.api.report_opinion(PdqSignal, pdq(0), opinion)


def test_a_withdrawn_hash_stays_with_it_and_a_fetch_from_nothing_is_free_of_it(
    system: System, matcher: Matcher
) -> None:
    value = pdq(secrets.randbits(64))
    person = Person(system.page)
    person.report(value)
    eventually(matcher.fetched, lambda seen: value in seen)
    assert matcher.fetch()

    person.withdraw()

    eventually(lambda: matcher_of(system).fetched(), lambda seen: value not in seen)
    assert matcher.fetch()
    assert value in matcher.values()
