"""The real code with one thing broken. Each is a design that somebody might well have chosen."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest

from functions.partner_sync import sequence as sequencing
from functions.shared import feed, forgetting, page_tokens
from functions.shared.app import App
from functions.shared.bank import BankHash, Status
from functions.shared.errors import BadParameter
from functions.shared.events import events
from functions.shared.feed import Cursor
from functions.shared.forgetting import Reading
from functions.shared.log import Change, Segment, next_segment
from functions.shared.page_tokens import PageTokens
from functions.shared.seal import Broken, Seal
from functions.shared.store import bank, outbox, withdrawals
from functions.shared.store import log as log_store
from functions.shared.store.bank import BankStore
from functions.shared.store.log import LogStore
from functions.shared.store.outbox import Outbox, Waiting
from functions.shared.store.transactions import delete, put, put_anyway, transact
from functions.withdraw import finish as finishing
from functions.withdraw import purge as purging
from functions.withdraw.finish import Finished

Patch = pytest.MonkeyPatch


@dataclass(frozen=True)
class Mutant:
    """A way to break the code, and the invariants by which that may come out."""

    breaks: Callable[[Patch], None]
    found_by: frozenset[str]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Break the code for a while."""
        with pytest.MonkeyPatch.context() as patch:
            self.breaks(patch)
            yield


MUTANTS: dict[str, Mutant] = {}


def mutant(*found_by: str) -> Callable[[Callable[[Patch], None]], Callable[[Patch], None]]:
    """Add a mutant under its function's name."""

    def add(breaks: Callable[[Patch], None]) -> Callable[[Patch], None]:
        MUTANTS[breaks.__name__] = Mutant(breaks, frozenset(found_by))
        return breaks

    return add


@mutant("P2")
def a_segment_is_put_without_a_condition(patch: Patch) -> None:
    patch.setattr(log_store, "put", lambda table, item, condition: put_anyway(table, item))


@mutant("P3", "P5")
def the_logs_time_is_the_clocks(patch: Patch) -> None:
    def unclamped(tail: Segment, changes: Sequence[Change], now: int) -> Segment:
        return next_segment(replace(tail, ts=min(tail.ts, now)), changes, now)

    patch.setattr(sequencing, "next_segment", unclamped)


@mutant("P5")
def a_second_is_never_full(patch: Patch) -> None:
    def endless(tail: Segment, changes: Sequence[Change], now: int) -> Segment:
        return next_segment(replace(tail, in_second=0), changes, now)

    patch.setattr(sequencing, "next_segment", endless)


@mutant("P5", "P6")
def a_run_begins_after_its_start(patch: Patch) -> None:
    genuine = feed.begin

    def exclusive(log: feed.Log, start: int) -> Cursor:
        return replace(genuine(log, start + 1), start=start)

    patch.setattr(feed, "begin", exclusive)


@mutant("P4")
def an_outbox_row_is_named_by_its_hash_alone(patch: Patch) -> None:
    genuine = outbox._key
    patch.setattr(outbox, "_key", lambda change: (genuine(change)[0], change.hash_id))

    def put_over(table: Any, item: Any, condition: str, **values: Any) -> Any:
        if item["pk"].startswith("outbox#"):
            return put_anyway(table, item)
        return put(table, item, condition, **values)

    patch.setattr(bank, "put", put_over)


@mutant("token")
def a_page_token_is_not_signed(patch: Patch) -> None:
    patch.setattr(Seal, "_sign", lambda self, payload: "unsigned")


@mutant("P4")
def a_row_goes_before_it_is_logged(patch: Patch) -> None:
    genuine = Outbox.look

    def taking(self: Outbox, most: int) -> Waiting:
        found = genuine(self, most)
        self.forget(found.changes)
        return found

    patch.setattr(Outbox, "look", taking)


@mutant("N1")
def a_segment_counts_as_announced_before_it_is(patch: Patch) -> None:
    def announce(app: App, tail: Segment) -> None:
        log = app.store.log
        for segment in log.segments(log.announced() + 1, tail.number):
            log.mark_announced(segment)
            for event in events(segment, log.hashes([one for one, _ in segment.changes])):
                app.announce(event.body, event.signal_type)

    patch.setattr(sequencing, "_announce_segments", announce)


@dataclass(frozen=True)
class _Altered:
    """A client whose batch reads are altered on their way."""

    client: Any
    asked: Callable[[Any], Any] = lambda asked: asked
    told: Callable[[Any], Any] = lambda told: told

    def batch_get_item(self, **params: Any) -> Any:
        return self.told(self.client.batch_get_item(**self.asked(params)))


def _reading_bodies(patch: Patch, **altered: Callable[[Any], Any]) -> None:
    def hashes(self: LogStore, ids: Sequence[str]) -> Mapping[str, BankHash]:
        client: Any = _Altered(self.bank.table.client, **altered)
        return BankStore(replace(self.bank.table, client=client)).by_id(ids)

    patch.setattr(LogStore, "hashes", hashes)


@mutant("N1", "P5", "P6", "P7")
def bodies_are_read_eventually(patch: Patch) -> None:
    def weakly(asked: Any) -> Any:
        tables = asked["RequestItems"].items()
        return {"RequestItems": {name: one | {"ConsistentRead": False} for name, one in tables}}

    _reading_bodies(patch, asked=weakly)


@mutant("N1", "P5", "P6")
def a_read_cut_short_is_taken_for_whole(patch: Patch) -> None:
    _reading_bodies(patch, told=lambda told: told | {"UnprocessedKeys": {}})


@mutant("rule 6")
def withdrawn_hashes_are_shown_to_everybody(patch: Patch) -> None:
    patch.setattr(feed, "_shown", lambda log, bodies, start: bodies)


@mutant("P5", "P6")
def a_first_mention_moves_when_it_is_logged_twice(patch: Patch) -> None:
    genuine = LogStore._published

    def latest(self: LogStore, hash_id: str, ts: int) -> Any:
        entry = genuine(self, hash_id, ts)
        text = entry["Update"]["UpdateExpression"]
        entry["Update"]["UpdateExpression"] = text.replace("if_not_exists(ts, :ts)", ":ts")
        return entry

    patch.setattr(LogStore, "_published", latest)


@mutant("P8")
def the_end_of_a_run_moves_on(patch: Patch) -> None:
    genuine = feed.page

    def unpinned(log: feed.Log, cursor: Cursor, size: int, types: Any) -> feed.Page:
        return genuine(log, replace(cursor, last=log.tail().number), size, types)

    patch.setattr(feed, "page", unpinned)


@mutant("P6", "P8")
def a_checkpoint_is_the_second_after_the_last_record(patch: Patch) -> None:
    genuine = feed.page

    def hasty(log: feed.Log, cursor: Cursor, size: int, types: Any) -> feed.Page:
        page = genuine(log, cursor, size, types)
        return replace(page, resume=page.resume + 1) if page.entries else page

    patch.setattr(feed, "page", hasty)


@mutant("P7")
def a_hash_is_written_whatever_its_version(patch: Patch) -> None:
    def blind(table: Any, item: Any, condition: str, **values: Any) -> Any:
        if "seen" in values:
            return put_anyway(table, item)
        return put(table, item, condition, **values)

    patch.setattr(bank, "put", blind)


@mutant("P1")
def a_hash_and_its_outbox_row_are_written_one_after_the_other(patch: Patch) -> None:
    def write(self: BankStore, changed: Sequence[BankHash]) -> None:
        entries = self.writes(changed)
        rows = [one for one in entries if _is_row(one)]
        transact(self.table.client, [one for one in entries if not _is_row(one)])
        transact(self.table.client, rows)

    patch.setattr(BankStore, "write", write)


@mutant("P4", "P5", "P6")
def a_withdrawn_hash_is_erased_at_once(patch: Patch) -> None:
    genuine = BankStore.writes

    def writes(self: BankStore, changed: Sequence[BankHash]) -> list[Any]:
        entries = genuine(self, changed)
        gone = [item for item in changed if item.status is Status.WITHDRAWN and item.version > 1]
        ids = {item.id for item in gone}
        kept = [one for one in entries if _hash_of(one) not in ids]
        seen = [replace(item, version=item.version - 1) for item in gone]
        return [*kept, *(entry for item in seen for entry in self.erasures(item))]

    patch.setattr(BankStore, "writes", writes)


@mutant("token")
def a_page_token_opens_for_everybody(patch: Patch) -> None:
    patch.setattr(page_tokens, "Seal", lambda key, partner: Seal(key, ""))


@mutant("token")
def a_page_token_opens_any_run(patch: Patch) -> None:
    def open_any(self: PageTokens, token: str, start: int, now: int) -> Cursor:
        try:
            return Cursor(*Seal(self.key, self.partner).open(token, now))
        except Broken as broken:
            raise BadParameter(str(broken)) from None

    patch.setattr(PageTokens, "open", open_any)


@mutant("withdrawal")
def finishing_does_nothing(patch: Patch) -> None:
    patch.setattr(finishing, "finish", lambda app: Finished(done=0, failed=0))


@mutant("P4", "P5", "erasure")
def a_hash_is_erased_whatever_its_version(patch: Patch) -> None:
    def blind(table: Any, key: Any, condition: str | None = None, **values: Any) -> Any:
        return delete(table, key) if "seen" in values else delete(table, key, condition, **values)

    patch.setattr(bank, "delete", blind)


@mutant("erasure")
def thirty_five_days_are_none(patch: Patch) -> None:
    for place in (forgetting, purging):
        patch.setattr(place, "SOONEST_DAYS", 0)


@mutant("erasure")
def the_purge_asks_nobody_what_they_have_read(patch: Patch) -> None:
    patch.setattr(Reading, "past", lambda self, at, signal_type: True)


@mutant("case")
def a_late_close_ends_whatever_has_the_number(patch: Patch) -> None:
    def blind(client: Any, writes: Any) -> None:
        entries = list(writes)
        for entry in entries:
            update = entry.get("Update", {})
            if update.get("UpdateExpression", "").startswith("SET expires"):
                update["ConditionExpression"] = "attribute_exists(pk) OR verifier = :verifier"
        transact(client, entries)

    patch.setattr(withdrawals, "transact", blind)


def _is_row(entry: Any) -> bool:
    return bool(entry["Put"]["Item"]["pk"]["S"].startswith("outbox#")) if "Put" in entry else False


def _hash_of(entry: Any) -> str | None:
    item = entry.get("Put", {}).get("Item", {})
    return item["id"]["S"] if item.get("sk", {}).get("S") == "hash" else None
