"""Moving changes from the outbox into the log."""

import json
from contextlib import suppress
from decimal import Decimal
from typing import Any

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import ClientError, ReadTimeoutError
from hypothesis import given
from hypothesis import strategies as st

from functions.create_case.handler import create_case
from functions.partner_sync import sequence as module
from functions.partner_sync.sequence import sequence
from functions.shared.app import App
from functions.shared.bank import FeedbackValue, unpublished
from functions.shared.log import ORIGIN, Change, Segment
from functions.shared.signals import Signal
from functions.shared.store.codec import decode, encode
from functions.shared.store.outbox import Waiting, outbox_item, read_row
from infrastructure.routes import SEQUENCER
from tests.faults import ALWAYS, Strike, interrupt, lose_answer, refuse
from tests.hashes import signal
from tests.people import OTHER_NUMBER, new_case, number_of
from tests.rights import session
from tests.world import START, AppFor, World

CREATE = "create_case.handler"


def listener(somewhere: World, name: str, types: list[str] | None = None) -> str:
    """Return a queue that hears what the topic says, of these signal types only if given."""
    sqs, sns = session().client("sqs"), session().client("sns")
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    attributes = {"RawMessageDelivery": "true"}
    if types:
        attributes["FilterPolicy"] = json.dumps({"signalType": types})
    sns.subscribe(
        TopicArn=somewhere.env["TOPIC_ARN"],
        Protocol="sqs",
        Endpoint=arn["QueueArn"],
        Attributes=attributes,
    )
    return url


@pytest.fixture
def inbox(somewhere: World) -> str:
    """Return a queue that hears all that the topic says."""
    return listener(somewhere, "listener")


def heard(inbox: str) -> list[Any]:
    sqs = session().client("sqs")
    messages: list[Any] = []
    while batch := sqs.receive_message(QueueUrl=inbox, MaxNumberOfMessages=10).get("Messages"):
        messages += [json.loads(message["Body"]) for message in batch]
    return messages


def log(app: App) -> list[Segment]:
    return list(app.store.log.segments(1, app.store.log.tail().number))


def logged(app: App) -> list[tuple[str, int]]:
    return [change for segment in log(app) for change in segment.changes]


def waiting(app: App) -> list[Change]:
    return app.store.outbox.oldest(10_000)


def put_in(app_for: AppFor, *signals: Signal) -> None:
    """Let a case stand behind each of these signals."""
    store = app_for(CREATE).store.bank
    store.write([unpublished(one, f"id-{one.value[:9]}", 0).linked("a", 0) for one in signals])


def store_row(somewhere: World, item: dict[str, Any]) -> None:
    client = session().client("dynamodb")
    client.put_item(TableName=somewhere.env["BANK_TABLE"], Item=encode(item))


def aside(somewhere: World) -> list[dict[str, Any]]:
    return [item for item in map(decode, somewhere.items("bank")) if item["pk"] == "aside"]


def measured(app_for: AppFor, capsys: pytest.CaptureFixture[str], name: str) -> list[int]:
    """Sequence once and return what was measured under this name."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "app", lambda: app_for(SEQUENCER))
        module.metrics.clear_metrics()
        capsys.readouterr()
        module.handler({}, LambdaContext())
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    [values] = [line[name] for line in lines if name in line]
    return list(map(int, values))


def test_nothing_to_do_writes_nothing(app_for: AppFor, somewhere: World) -> None:
    assert sequence(app_for(SEQUENCER)) == 0
    assert somewhere.items("bank") == []


def test_every_change_is_logged_once_and_announced_thinly(app_for: AppFor, inbox: str) -> None:
    create_case(new_case(3), app_for(CREATE))
    app = app_for(SEQUENCER)
    changes = {(change.hash_id, change.version) for change in waiting(app)}

    assert sequence(app) == 3
    assert sequence(app) == 0
    assert waiting(app) == []
    assert (len(logged(app)), set(logged(app))) == (3, changes)
    [message] = heard(inbox)
    assert (message["type"], message["cursor"]) == ("bank.changed", START)
    assert {(one["hashId"], one["version"]) for one in message["changes"]} == changes


def test_more_than_a_segment_holds_goes_into_several(
    app_for: AppFor, inbox: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_PER_SEGMENT", 4)
    create_case(new_case(10), app_for(CREATE))
    app = app_for(SEQUENCER)

    assert sequence(app) == 10
    assert [len(segment.changes) for segment in log(app)] == [4, 4, 2]
    assert [segment.number for segment in log(app)] == [1, 2, 3]
    assert len(heard(inbox)) == 3


def test_one_run_ends_and_leaves_the_rest_to_the_next_nudge(
    app_for: AppFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_SEGMENTS", 2)
    monkeypatch.setattr(module, "MOST_PER_SEGMENT", 2)
    create_case(new_case(5), app_for(CREATE))

    assert [sequence(app_for(SEQUENCER)) for _ in range(3)] == [4, 1, 0]


def test_a_newer_change_of_a_hash_outlives_the_sequencing_of_an_older_one(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(1), app_for(CREATE))
    app = app_for(SEQUENCER)
    writer = app_for("partner_sync.submit_feedback")
    [item] = writer.store.bank.by_signal([signal(0)]).values()
    newer = item.answered("p", FeedbackValue.BLOCKED, (), int(somewhere.now))
    interrupt(app.store.client, "BatchWriteItem", lambda: writer.store.bank.write([newer]))

    assert sequence(app) == 2
    assert logged(app) == [(item.id, 1), (item.id, 2)]
    assert waiting(app) == []


@pytest.mark.parametrize("operation", ["TransactWriteItems", "BatchWriteItem"])
def test_a_sequencer_that_dies_leaves_a_harmless_duplicate_at_most(
    app_for: AppFor, inbox: str, operation: str
) -> None:
    create_case(new_case(2), app_for(CREATE))
    app = app_for(SEQUENCER)
    changes = {(change.hash_id, change.version) for change in waiting(app)}
    lose_answer(app.store.client, operation)
    with pytest.raises(ReadTimeoutError):
        sequence(app)
    sequence(app)

    assert waiting(app) == []
    assert set(logged(app)) == changes
    assert len(logged(app)) in (2, 4)
    assert {(one["hashId"], one["version"]) for m in heard(inbox) for one in m["changes"]} == (
        changes
    )


def test_a_silent_topic_stops_no_change_and_hears_of_it_later(app_for: AppFor, inbox: str) -> None:
    app = app_for(SEQUENCER)
    refuse(app._sns, "Publish", "InternalError", times=2)
    for first, symbols in ((0, OTHER_NUMBER[:-1]), (1, OTHER_NUMBER[1:])):
        create_case(new_case(1, first=first, number=number_of(symbols)), app_for(CREATE))
        with pytest.raises(ClientError):
            sequence(app)
    assert waiting(app) == []
    assert [segment.number for segment in log(app)] == [1, 2]

    sequence(app)
    assert len(heard(inbox)) == 2
    sequence(app)
    assert heard(inbox) == [], "nothing is announced twice while all goes well"


def test_the_log_keeps_the_time_of_each_hashs_first_mention(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(1), app_for(CREATE))
    app = app_for(SEQUENCER)
    somewhere.now += 30
    lose_answer(app.store.client, "TransactWriteItems")
    with pytest.raises(ReadTimeoutError):
        sequence(app)
    somewhere.now += 30
    sequence(app)

    assert [segment.ts for segment in log(app)] == [START + 30, START + 60], "logged twice"
    [(hash_id, _)] = set(logged(app))
    reader = app_for("partner_sync.fetch_hashes")
    assert reader.store.log.published([hash_id]) == {hash_id: START + 30}


def test_a_rival_takes_the_number_and_the_loser_looks_again(
    app_for: AppFor, somewhere: World
) -> None:
    create_case(new_case(2), app_for(CREATE))
    create_case(new_case(2, first=2, number=OTHER_NUMBER), app_for(CREATE))
    loser, rival = app_for(SEQUENCER), app_for(SEQUENCER, "rival")
    changes = {(change.hash_id, change.version) for change in waiting(rival)}
    interrupt(loser.store.client, "TransactWriteItems", lambda: sequence(rival))

    assert sequence(loser) == 0, "the rival has done it all"
    assert waiting(loser) == []
    assert (len(logged(loser)), set(logged(loser))) == (4, changes)
    assert [segment.number for segment in log(loser)] == [1]


def test_a_rival_between_append_and_forget_makes_a_duplicate_and_no_gap(
    app_for: AppFor,
) -> None:
    create_case(new_case(2), app_for(CREATE))
    slow, rival = app_for(SEQUENCER), app_for(SEQUENCER, "rival")
    interrupt(slow.store.client, "BatchWriteItem", lambda: sequence(rival))
    sequence(slow)

    assert [segment.number for segment in log(slow)] == [1, 2]
    assert log(slow)[0].changes == log(slow)[1].changes
    assert waiting(slow) == []


def test_a_clock_that_jumps_back_does_not_turn_the_log_back(
    app_for: AppFor, somewhere: World
) -> None:
    for first, jump in enumerate((0, -3_600, 86_400, -86_400)):
        somewhere.now += jump
        symbols = OTHER_NUMBER[first:-1] + "0" * first
        create_case(new_case(1, first=first, number=number_of(symbols)), app_for(CREATE))
        sequence(app_for(SEQUENCER))

    times = [segment.ts for segment in log(app_for(SEQUENCER))]
    assert times == sorted(times)
    assert len(times) == 4


def test_each_signal_type_is_announced_by_itself_so_that_partners_can_filter(
    app_for: AppFor, somewhere: World
) -> None:
    films = listener(somewhere, "films", ["VideoMD5"])
    all_of_it = listener(somewhere, "all", ["ImagePDQ", "VideoMD5", "VideoPDQ"])
    put_in(app_for, signal(0), signal(1), Signal("VideoMD5", "c" * 32))
    sequence(app_for(SEQUENCER))

    [film] = heard(films)
    assert (film["signalType"], film["id"]) == ("VideoMD5", "msg_000000000001_VideoMD5")
    assert len(film["changes"]) == 1
    told = {one["id"]: len(one["changes"]) for one in heard(all_of_it)}
    assert told == {"msg_000000000001_ImagePDQ": 2, "msg_000000000001_VideoMD5": 1}


def test_a_segment_announced_by_half_is_announced_again_under_the_same_ids(
    app_for: AppFor, inbox: str
) -> None:
    put_in(app_for, signal(0), Signal("VideoMD5", "c" * 32))
    app = app_for(SEQUENCER)
    lose_answer(app._sns, "Publish")
    with pytest.raises(ReadTimeoutError):
        sequence(app)
    sequence(app)

    ids = [message["id"] for message in heard(inbox)]
    assert sorted(ids) == ["msg_000000000001_ImagePDQ"] * 2 + ["msg_000000000001_VideoMD5"]


def test_an_erased_hash_is_not_announced(app_for: AppFor, somewhere: World, inbox: str) -> None:
    put_in(app_for, signal(0))
    app = app_for(SEQUENCER)
    refuse(app._sns, "Publish", "InternalError")
    with pytest.raises(ClientError):
        sequence(app)
    [(hash_id, _)] = logged(app)
    session().client("dynamodb").delete_item(
        TableName=somewhere.env["BANK_TABLE"],
        Key={"pk": {"S": f"hash#{hash_id}"}, "sk": {"S": "hash"}},
    )
    sequence(app)

    assert heard(inbox) == []
    assert app.store.log.announced() == 1


@pytest.mark.parametrize(("jump", "ahead"), [(0, 0), (60, 0), (-3_600, 3_600)])
def test_a_clock_behind_the_log_is_measured(
    app_for: AppFor, somewhere: World, jump: int, ahead: int, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in(app_for, signal(0))
    sequence(app_for(SEQUENCER))
    somewhere.now += jump

    assert measured(app_for, capsys, "LogAheadSeconds") == [ahead]


def row(seed: int = 0, **said: Any) -> dict[str, Any]:
    """Return the outbox row of a made-up change, with other attributes than it should have."""
    return outbox_item(Change(int(START), f"hash-{seed}", 1)) | said


MALFORMED: list[dict[str, Any]] = [
    {name: value for name, value in row().items() if name != missing}
    for missing in ("at", "hash_id", "version")
] + [
    row(at="yesterday"),
    row(at=None),
    row(at=7),
    row(at=Decimal("1.5")),
    row(version=Decimal("1.5")),
    row(version=True),
    row(hash_id=""),
    row(hash_id=b"hash-0"),
    row(hash_id="hash-1"),
    row(version="1"),
    row(version=[1]),
    row(version=2),
    row(sk="nothing that we would write"),
    row(pk="outbox#0" if row()["pk"] != "outbox#0" else "outbox#1"),
    outbox_item(Change(int(START), "two words", 1)),
    outbox_item(Change(int(START), "h" * 10_000, 1)) | {"sk": "long"},
    outbox_item(Change(int(START), "hash-0", 0)),
    {"pk": "outbox#0", "sk": "0" * 1_024},
    outbox_item(Change(1, "hash-0", 1)) | {"at": True},
]


@pytest.mark.parametrize("poison", MALFORMED, ids=range(len(MALFORMED)))
def test_a_row_that_means_nothing_is_set_aside_and_the_rest_flows(
    app_for: AppFor, somewhere: World, poison: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    store_row(somewhere, poison)
    put_in(app_for, signal(3))

    assert measured(app_for, capsys, "RowsSetAside") == [1]
    app = app_for(SEQUENCER)
    assert [version for _, version in logged(app)] == [1]
    assert app.store.outbox.look(10) == Waiting([], [])
    [kept] = aside(somewhere)
    assert kept["row"] == poison


def test_a_row_that_was_put_back_as_wrong_as_it_was_is_set_aside_again(
    app_for: AppFor, somewhere: World
) -> None:
    for wrong in ("yesterday", "today"):
        store_row(somewhere, row(at=wrong))
        sequence(app_for(SEQUENCER))

        assert app_for(SEQUENCER).store.outbox.look(10) == Waiting([], [])
        assert [kept["row"]["at"] for kept in aside(somewhere)] == [wrong]


def test_a_row_that_cannot_even_be_set_aside_keeps_no_partner_waiting(
    app_for: AppFor, somewhere: World, inbox: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put_in(app_for, signal(3))
    deaf = app_for(SEQUENCER)
    refuse(deaf._sns, "Publish", "Boom", ALWAYS)
    with pytest.raises(ClientError):
        sequence(deaf)
    for number in range(3):
        store_row(somewhere, {"pk": "outbox#1", "sk": f"{number}"})
    app = app_for(SEQUENCER, "stuck")
    refuse(app.store.client, "TransactWriteItems", "ValidationException", ALWAYS)

    assert measured(lambda *_: app, capsys, "RowsStuck") == [3]
    assert len(heard(inbox)) == 1


def test_more_rows_that_mean_nothing_than_one_look_takes_hold_nothing_up(
    app_for: AppFor, somewhere: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_PER_SEGMENT", 3)
    for number in range(20):
        store_row(somewhere, {"pk": f"outbox#{number % 2}", "sk": f"{number:012d}"})
    put_in(app_for, *(signal(seed) for seed in range(6)))

    assert sequence(app_for(SEQUENCER)) == 6
    assert len(aside(somewhere)) == 20


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
def test_whichever_call_fails_a_row_is_set_aside_once_and_nothing_is_lost(
    app_for: AppFor, somewhere: World, after: bool
) -> None:
    for nth in range(1, 40):
        store_row(somewhere, {"pk": "outbox#1", "sk": f"poison {nth}"})
        put_in(app_for, signal(nth))
        app = app_for(SEQUENCER, f"{nth}")
        strike = Strike(nth, after).on(app.store.client, app._sns)
        with suppress(ReadTimeoutError):
            sequence(app)
        sequence(app_for(SEQUENCER))

        assert app_for(SEQUENCER).store.outbox.look(10) == Waiting([], [])
        assert len(aside(somewhere)) == nth
        if not strike.struck:
            break
    assert 8 < nth < 39, "every call was struck once"


def test_what_is_well_formed_is_never_set_aside_even_if_it_was_mended_a_moment_ago(
    app_for: AppFor, somewhere: World
) -> None:
    store_row(somewhere, {name: value for name, value in row().items() if name != "version"})
    app = app_for(SEQUENCER)
    interrupt(app.store.client, "TransactWriteItems", lambda: store_row(somewhere, row()))
    sequence(app)
    sequence(app)

    assert aside(somewhere) == []
    assert logged(app) == [("hash-0", 1)]


def test_a_row_that_was_set_aside_flows_once_it_is_mended_and_put_back(
    app_for: AppFor, somewhere: World
) -> None:
    store_row(somewhere, row(version="1"))
    app = app_for(SEQUENCER)
    sequence(app)
    [kept] = aside(somewhere)
    store_row(somewhere, kept["row"] | {"version": 1})
    sequence(app)

    assert logged(app) == [("hash-0", 1)]


@given(st.integers(0, 10**12 - 1), st.text("abcXYZ019-_", min_size=1, max_size=22), st.integers(1))
def test_every_row_that_a_writer_makes_is_well_formed(at: int, hash_id: str, version: int) -> None:
    change = Change(at, hash_id, version)

    assert read_row(decode(encode(outbox_item(change)))) == change


def test_a_nudge_of_any_kind_is_answered(
    app_for: AppFor, somewhere: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    create_case(new_case(1), app_for(CREATE))
    monkeypatch.setattr(module, "app", lambda: app_for(SEQUENCER))
    for nudge in ({"Records": [{"eventSource": "aws:dynamodb"}]}, {"source": "aws.events"}, {}):
        assert module.handler(nudge, LambdaContext()) == {"batchItemFailures": []}

    assert len(log(app_for(SEQUENCER))) == 1


def test_an_empty_log_ends_at_its_origin(app_for: AppFor) -> None:
    assert app_for(SEQUENCER).store.log.tail() == ORIGIN
