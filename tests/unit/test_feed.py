"""Reading the log in pages, under writers, rivals, wild clocks and clients that crash."""

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from functions.shared import feed
from functions.shared.bank import BankHash, FeedbackValue, Status
from tests.feed_model import FULL, USUAL, Client, Kept, MemoryLog
from tests.hashes import fresh

seeds = st.integers(0, 7)
sizes = st.integers(1, 4)
TYPES = ("ImagePDQ", "VideoPDQ", "VideoMD5")
TAKEN = frozenset({"ImagePDQ"}), frozenset(TYPES), frozenset({"VideoPDQ"})
"""What three partners take of them."""
taken = st.sampled_from(TAKEN)


class Feed(RuleBasedStateMachine):
    """Anybody may act at any moment; a client is never wrong without hearing of it.

    Three clients take different types of signal from one bank, and none hears of another type.
    """

    def __init__(self) -> None:
        super().__init__()
        self.now = 100
        self.log = MemoryLog()
        self.clients = {types: Client(self.log, types=types) for types in TAKEN}

    @rule(passed=st.sampled_from((0, 0, 1, 2, 50, -30)))
    def a_clock_goes_or_jumps(self, passed: int) -> None:
        self.now = max(FULL + 1, self.now + passed)

    @rule(seed=seeds, link=st.sampled_from("ab"))
    def a_case_is_opened(self, seed: int, link: str) -> None:
        item = self._hash(seed)
        if link not in item.links:
            self.log.write(item.linked(link, self.now))

    @rule(seed=seeds, link=st.sampled_from("ab"))
    def a_case_is_withdrawn(self, seed: int, link: str) -> None:
        item = self._hash(seed)
        if link in item.links and item.links[link].status is Status.ACTIVE:
            self.log.write(item.unlinked(link, self.now))

    @rule(seed=seeds)
    def a_partner_answers(self, seed: int) -> None:
        item = self._hash(seed)
        if item.version:
            self.log.write(item.answered("another", FeedbackValue.BLOCKED, (), self.now))

    @rule(size=sizes, dies=st.booleans())
    def the_sequencer_runs(self, size: int, dies: bool) -> None:
        self.log.log(size, self.now, forget=not dies)

    @rule(types=taken, size=sizes)
    def a_client_fetches_a_page(self, types: frozenset[str], size: int) -> None:
        self.clients[types].turn(size)

    @rule(types=taken, steps=st.integers(0, 5))
    def a_client_crashes(self, types: frozenset[str], steps: int) -> None:
        self.clients[types].fall_back(steps)

    @rule(seed=seeds)
    def a_withdrawn_hash_that_every_checkpoint_has_passed_is_erased(self, seed: int) -> None:
        item = self._hash(seed)
        told = (item.version, Status.WITHDRAWN)
        held = [kept for client in self.clients.values() for kept in client.held]
        heard = all(kept.records.get(item.id, told) == told for kept in held)
        passed = not self.log.ahead(item.id, min(kept.checkpoint for kept in held))
        if item.version and item.status is Status.WITHDRAWN and heard and passed:
            del self.log.bodies[item.id]

    @invariant()
    def no_checkpoint_passes_what_was_not_delivered(self) -> None:
        for client in self.clients.values():
            assert all(client.knows(hash_id) for hash_id in self.log.bodies)

    def teardown(self) -> None:
        while self.log.outbox:
            self.log.log(3, self.now)
        for client in self.clients.values():
            client.finish(3)
            client.finish(3)
            for body in self.log.bodies.values():
                record = client.kept.records.get(body.id)
                wanted = body.signal.type in client.types
                unheard = record is None and (body.status is Status.WITHDRAWN or not wanted)
                assert unheard or (wanted and record == (body.version, body.status))

    def _hash(self, seed: int) -> BankHash:
        return self.log.bodies.get(f"hash-{seed}") or fresh(
            seed, self.now, TYPES[seed % len(TYPES)]
        )


Feed.TestCase.settings = settings(max_examples=150, stateful_step_count=60, deadline=None)
TestAClientEndsEqualToTheBankWhateverHappens = Feed.TestCase


def bank(active: int, withdrawn: int = 0, *, segment: int = 3, ts: int = 200) -> MemoryLog:
    """Return a log of withdrawn hashes, then active ones."""
    log = MemoryLog()
    for seed in range(withdrawn + active):
        item = fresh(seed, ts).linked("a", ts)
        log.write(item)
        if seed < withdrawn:
            log.write(item.unlinked("a", ts))
    while log.outbox:
        log.log(segment, ts)
    return log


@given(st.integers(0, 30), st.integers(1, 40), st.integers(1, 7))
def test_every_page_size_reads_the_same(active: int, size: int, segment: int) -> None:
    client = Client(bank(active, segment=segment))
    client.finish(size)

    assert set(client.kept.records) == {f"hash-{seed}" for seed in range(active)}


@given(st.integers(1, 30), st.integers(1, 10))
def test_pages_are_full_while_there_is_more(active: int, size: int) -> None:
    log = bank(active)
    page = feed.page(log, feed.begin(log, FULL), size, USUAL)
    while page.next is not None:
        assert len(page.entries) == size
        page = feed.page(log, page.next, size, USUAL)


@given(st.lists(st.sampled_from(TYPES), max_size=30), taken, st.integers(1, 7), sizes)
def test_a_partner_reads_all_of_its_types_in_order_and_nothing_of_others(
    listed: list[str], types: frozenset[str], size: int, segment: int
) -> None:
    log = MemoryLog()
    for seed, type_name in enumerate(listed):
        log.write(fresh(seed, 200, type_name).linked("a", 200))
    while log.outbox:
        log.log(segment, 200)
    client = Client(log, types=types)
    client.finish(size)

    order = [one for segment in log.stored for one, _ in segment.changes]
    wanted = [one for one in order if log.bodies[one].signal.type in types]
    assert list(client.kept.records) == wanted
    assert client.kept.checkpoint == (200 if listed else FULL)


@given(st.integers(1, 3), st.integers(1, 5))
def test_a_run_ends_although_every_page_brings_new_changes(size: int, burst: int) -> None:
    log = bank(10)
    client = Client(log)
    client.turn(size)
    while client.cursor is not None:
        for _ in range(burst):
            log.write(log.bodies["hash-0"].answered("another", FeedbackValue.BLOCKED, (), 300))
        log.log(burst, 300)
        client.turn(size)

    assert client.kept.checkpoint == 200
    client.finish(size)
    assert client.knows("hash-0")


def test_a_full_fetch_carries_no_withdrawn_record() -> None:
    log = bank(1, withdrawn=3)
    client = Client(log)
    client.finish(10)

    assert set(client.kept.records) == {"hash-3"}


def test_a_client_that_may_know_a_hash_is_told_of_its_withdrawal() -> None:
    log = bank(1)
    client = Client(log)
    client.finish(10)
    log.write(log.bodies["hash-0"].unlinked("a", 300))
    log.log(1, 300)
    client.finish(10)

    assert client.kept.records["hash-0"] == (2, Status.WITHDRAWN)


def test_a_client_between_a_hashs_writing_and_its_logging_does_not_hear_of_its_withdrawal() -> None:
    log = bank(1)
    log.write(fresh(5, 300).linked("a", 300))
    log.write(fresh(6, 302).linked("a", 302))
    kept = Kept(checkpoint=302)
    log.log(2, 305)
    log.write(log.bodies["hash-5"].unlinked("a", 306))
    log.log(1, 306)
    client = Client(log, kept)
    client.finish(10)

    assert set(client.kept.records) == {"hash-6"}


def test_an_empty_log_answers_the_start_it_was_asked_from() -> None:
    page = feed.page(MemoryLog(), feed.begin(MemoryLog(), 77), 10, USUAL)

    assert (page.entries, page.next, page.resume) == ((), None, 77)


@given(st.integers(0, 400))
def test_a_run_from_any_second_reads_that_second_and_all_after_it(start: int) -> None:
    log = MemoryLog()
    for seed, ts in enumerate((100, 100, 200, 200, 200, 300)):
        log.write(fresh(seed, ts).linked("a", ts))
        log.log(1, ts)
    client = Client(log, Kept(checkpoint=start))
    client.finish(2)

    wanted = {seed for seed, ts in enumerate((100, 100, 200, 200, 200, 300)) if ts >= start}
    assert set(client.kept.records) == {f"hash-{seed}" for seed in wanted}
    assert client.kept.checkpoint == max(start, 300)


def test_a_page_can_be_asked_for_again() -> None:
    log = bank(5)
    first = feed.page(log, feed.begin(log, FULL), 2, USUAL)
    assert first.next is not None
    log.write(fresh(9, 300).linked("a", 300))
    log.log(1, 300)

    assert feed.page(log, first.next, 2, USUAL) == feed.page(log, first.next, 2, USUAL)


def test_a_hash_that_changed_twice_comes_once_and_as_it_is_now() -> None:
    log = bank(2, segment=1)
    log.write(log.bodies["hash-0"].answered("another", FeedbackValue.BLOCKED, (), 300))
    log.log(1, 300)
    page = feed.page(log, feed.begin(log, FULL), 10, USUAL)

    assert [(one.ts, one.hash.id, one.hash.version) for one in page.entries] == [
        (200, "hash-1", 1),
        (300, "hash-0", 2),
    ]
