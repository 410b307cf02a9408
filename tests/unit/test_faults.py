"""Nothing acknowledged is lost and nothing is done twice, whichever call to AWS fails, and how."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest
from botocore.exceptions import ReadTimeoutError

from functions.create_case.handler import create_case
from functions.partner_sync.sequence import sequence
from functions.partner_sync.submit_feedback import SubmittedFeedback, submit_feedback
from functions.partner_sync.submit_hashes import SubmittedHashes, submit_hashes
from functions.shared.app import App
from functions.shared.bank import BankHash, Status
from functions.shared.errors import Problem, TryAgain
from functions.shared.problems import problem_of
from functions.shared.store import patience
from functions.status.handler import case_status
from functions.withdraw.handler import withdraw
from infrastructure.routes import SEQUENCER
from tests.edge import HANDLERS, Edge
from tests.faults import ALWAYS, Strike, interrupt, lose_answer, refuse
from tests.hashes import signal
from tests.people import PIN, SYMBOLS, credentials, new_case, number_of, pdq
from tests.world import AppFor, World, body_of

CREATE, STATUS, WITHDRAW = "create_case.handler", "status.handler", "withdraw.handler"
FEEDBACK, SUBMIT = "partner_sync.submit_feedback", "partner_sync.submit_hashes"
PARTNER = "example-social"
MOST_CALLS = 40


@pytest.fixture(autouse=True)
def _no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "FIRST_PAUSE", 0)


@dataclass(frozen=True)
class Round:
    """One try of a scenario, with a case number and two pictures of its own."""

    place: int

    @property
    def number(self) -> str:
        return number_of(f"{self.place:03d}".replace("8", "A") + SYMBOLS[3:])

    @property
    def first(self) -> int:
        return 10 * self.place

    @property
    def case(self) -> Any:
        return new_case(2, first=self.first, number=self.number)

    @property
    def feedback(self) -> SubmittedFeedback:
        items = [{"hashValue": pdq(self.first + one), "feedbackValue": "Blocked"} for one in (0, 1)]
        return SubmittedFeedback.model_validate({"count": 2, "hashFeedbacks": items})

    @property
    def hashes(self) -> SubmittedHashes:
        items = [{"signalType": "ImagePDQ", "hashValue": pdq(self.first + one)} for one in (0, 1)]
        return SubmittedHashes.model_validate({"count": 2, "hashRecords": items})

    def stored(self, app: App) -> list[BankHash]:
        found = app.store.bank.by_signal(signal(self.first + one) for one in (0, 1))
        return list(found.values())


Act = Callable[[Round, App], Any]


@dataclass(frozen=True)
class Scenario:
    """What somebody asks for, what came before it, and what must be true after it."""

    handler: str
    act: Act
    before: Callable[[Round, AppFor], object] = lambda _, __: None
    version: int = 1
    status: Status = Status.ACTIVE
    links: int = 1
    answers: int = 0


def _open(turn: Round, app_for: AppFor) -> None:
    create_case(turn.case, app_for(CREATE))


SCENARIOS = {
    "create": Scenario(CREATE, lambda turn, app: create_case(turn.case, app)),
    "withdraw": Scenario(
        WITHDRAW,
        lambda turn, app: withdraw(credentials(turn.number), app),
        before=_open,
        version=2,
        status=Status.WITHDRAWN,
    ),
    "feedback": Scenario(
        FEEDBACK,
        lambda turn, app: submit_feedback(PARTNER, turn.feedback, app),
        before=_open,
        version=2,
        answers=1,
    ),
    "submit": Scenario(SUBMIT, lambda turn, app: submit_hashes(PARTNER, turn.hashes, app), links=0),
}


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("name", SCENARIOS)
def test_whichever_call_fails_asking_again_gets_the_same_answer_and_does_nothing_twice(
    app_for: AppFor, somewhere: World, name: str, after: bool
) -> None:
    scenario = SCENARIOS[name]
    clean = _undisturbed(scenario, app_for)
    for nth in range(1, MOST_CALLS):
        turn = Round(nth)
        scenario.before(turn, app_for)
        app = app_for(scenario.handler, f"{nth}")
        strike = Strike(nth, after).on(*_clients(app))
        told = _ask(scenario, turn, app)
        if not strike.struck:
            break
        assert isinstance(told, TryAgain), "a failed call is never an acknowledgement"
        assert _ask(scenario, turn, app) == clean
        _check(scenario, turn, app_for, somewhere)
    assert 2 < nth < MOST_CALLS, "every call was struck once"


def _undisturbed(scenario: Scenario, app_for: AppFor) -> Any:
    scenario.before(Round(0), app_for)
    return _ask(scenario, Round(0), app_for(scenario.handler))


def _clients(app: App) -> list[Any]:
    return [app.store.client, app.mac.client]


def _ask(scenario: Scenario, turn: Round, app: App) -> Any:
    """Return what the caller is told: an answer's status and body, or a problem."""
    try:
        answer = scenario.act(turn, app)
    except Exception as error:
        return problem_of(error)
    return answer.status_code, body_of(answer)


def _check(scenario: Scenario, turn: Round, app_for: AppFor, somewhere: World) -> None:
    items = turn.stored(app_for(CREATE))
    assert [(item.version, item.status) for item in items] == (
        [(scenario.version, scenario.status)] * 2
    )
    assert [len(item.links) for item in items] == [scenario.links] * 2
    assert [len(item.feedback) for item in items] == [scenario.answers] * 2
    ids = {item.id for item in items}
    rows = [
        (change.hash_id, change.version)
        for change in app_for(SEQUENCER).store.outbox.oldest(10_000)
        if change.hash_id in ids
    ]
    assert sorted(rows) == sorted((one, v + 1) for one in ids for v in range(scenario.version))


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_whichever_call_of_the_sequencer_fails_the_log_ends_complete(
    app_for: AppFor, after: bool
) -> None:
    for nth in range(1, MOST_CALLS):
        create_case(Round(nth).case, app_for(CREATE))
        app = app_for(SEQUENCER, f"{nth}")
        changes = {
            (one.hash_id, one.version) for one in app_for(SEQUENCER).store.outbox.oldest(100)
        }
        strike = Strike(nth, after).on(app.store.client, app._sns)
        with suppress(ReadTimeoutError):
            sequence(app)
        store = app_for(SEQUENCER).store
        sequence(app_for(SEQUENCER))
        assert store.outbox.oldest(1) == []
        segments = list(store.log.segments(1, store.log.tail().number))
        assert changes <= {change for segment in segments for change in segment.changes}
        assert [segment.number for segment in segments] == list(range(1, len(segments) + 1))
        if not strike.struck:
            break
    assert 3 < nth < MOST_CALLS


BUSY = "ProvisionedThroughputExceededException"
CREDENTIALS = {"number": number_of(SYMBOLS), "pin": PIN}
THROTTLED: list[tuple[str, str, str, str]] = [
    ("/cases", "dynamodb", "GetItem", BUSY),
    ("/cases", "dynamodb", "BatchGetItem", "ThrottlingException"),
    ("/cases", "dynamodb", "TransactWriteItems", "RequestLimitExceeded"),
    ("/cases", "dynamodb", "TransactWriteItems", "TransactionInProgressException"),
    ("/cases", "kms", "GenerateMac", "ThrottlingException"),
    ("/cases", "kms", "GenerateMac", "KMSInternalException"),
    ("/cases/status", "dynamodb", "GetItem", BUSY),
    ("/cases/status", "kms", "GenerateMac", "ThrottlingException"),
    ("/cases/withdraw", "dynamodb", "GetItem", "InternalServerError"),
    ("/cases/withdraw", "kms", "GenerateMac", "KeyUnavailableException"),
    ("/v1/SubmitHashes", "dynamodb", "BatchGetItem", BUSY),
    ("/v1/SubmitHashes", "dynamodb", "TransactWriteItems", "ThrottlingException"),
    ("/v1/SubmitFeedback", "dynamodb", "BatchGetItem", BUSY),
]


@pytest.mark.parametrize(("path", "service", "operation", "code"), THROTTLED)
def test_a_service_that_does_not_keep_up_is_told_as_try_again(
    edge: Edge, path: str, service: str, operation: str, code: str
) -> None:
    app = edge.world.app_for(HANDLERS["POST", path])
    client = app.mac.client if service == "kms" else app.store.client
    refuse(client, operation, code, ALWAYS)
    turn = Round(0)
    bodies: dict[str, Any] = {
        "/cases": turn.case.model_dump(),
        "/v1/SubmitHashes": turn.hashes.model_dump(),
        "/v1/SubmitFeedback": turn.feedback.model_dump(),
    }
    keys = edge.keys(path.rpartition("/")[2]) if "/v1/" in path else {}
    reply = edge.post(path, bodies.get(path, CREDENTIALS), headers=keys)

    assert (reply.status, reply.problem) == (503, "try-again")
    assert 0 < int(reply.headers["retry-after"]) <= 30
    assert "refused by a test" not in reply.text


@pytest.mark.parametrize("operation", ["Query", "BatchGetItem", "UpdateItem"])
def test_a_feed_that_is_throttled_may_be_asked_again(edge: Edge, operation: str) -> None:
    refuse(edge.world.app_for("partner_sync.fetch_hashes").store.client, operation, BUSY)
    ask = {"startTimestamp": 10}
    first = edge.get("/v1/FetchHashes", ask, headers=edge.keys("FetchHashes"))
    second = edge.get("/v1/FetchHashes", ask, headers=edge.keys("FetchHashes"))

    assert (first.status, first.headers["retry-after"], second.status) == (503, "2", 200)


def test_a_key_that_may_not_be_used_is_a_fault_and_never_a_default_key(edge: Edge) -> None:
    refuse(edge.world.app_for(STATUS).mac.client, "GenerateMac", "AccessDeniedException", ALWAYS)
    reply = edge.post("/cases/status", CREDENTIALS)

    assert (reply.status, reply.problem) == (500, "unexpected")


def test_a_rival_on_a_popular_hash_only_costs_another_try(app_for: AppFor) -> None:
    app = app_for(CREATE)
    rivals = iter([Round(1).number, Round(2).number])

    def rival() -> None:
        case = new_case(1, number=next(rivals))
        create_case(case, app_for(CREATE, "rival"))

    interrupt(app.store.client, "TransactWriteItems", rival, times=2)
    answer = create_case(new_case(1), app)

    assert body_of(answer)["received"] == 1
    [item] = app.store.bank.by_signal([signal(0)]).values()
    assert (item.version, len(item.links)) == (3, 3)


def test_the_same_number_opened_by_somebody_else_in_the_same_moment_stays_theirs(
    app_for: AppFor, somewhere: World
) -> None:
    app = app_for(CREATE)
    theirs = new_case(1, first=50, total=2, pin="11111111")
    interrupt(
        app.store.client,
        "TransactWriteItems",
        lambda: create_case(theirs, app_for(CREATE, "theirs")),
    )
    with pytest.raises(TryAgain):
        create_case(new_case(2), app)

    told = body_of(case_status(credentials(pin="11111111"), app_for(STATUS)))
    assert told["signals"] == 1
    with pytest.raises(Problem, match="number-taken"):
        create_case(new_case(2), app)


def test_a_chunk_sent_twice_at_once_is_stored_once(app_for: AppFor) -> None:
    create_case(new_case(1, total=3), app_for(CREATE))
    app = app_for(CREATE)
    chunk = new_case(2, first=1, total=3, offset=1)
    interrupt(
        app.store.client,
        "TransactWriteItems",
        lambda: create_case(chunk, app_for(CREATE, "again")),
    )

    assert body_of(create_case(chunk, app))["received"] == 3
    assert body_of(case_status(credentials(), app_for(STATUS)))["signals"] == 3


def test_another_chunk_at_the_same_place_at_once_is_another_body(app_for: AppFor) -> None:
    create_case(new_case(1, total=3), app_for(CREATE))
    app = app_for(CREATE)
    rival = new_case(2, first=7, total=3, offset=1)
    interrupt(
        app.store.client,
        "TransactWriteItems",
        lambda: create_case(rival, app_for(CREATE, "rival")),
    )
    with pytest.raises(Problem, match="different-body"):
        create_case(new_case(2, first=1, total=3, offset=1), app)


def test_a_long_chunk_whose_answer_is_lost_in_the_middle_goes_on_there(app_for: AppFor) -> None:
    app = app_for(CREATE)
    lose_answer(app.store.client, "TransactWriteItems", times=1)
    told = []
    for _ in range(2):
        try:
            told.append(body_of(create_case(new_case(30), app)))
        except Exception as error:
            told.append(problem_of(error).slug)

    assert told == ["try-again", {"status": "Active", "received": 30, "total": 30}]
    assert body_of(case_status(credentials(), app_for(STATUS)))["signals"] == 30
