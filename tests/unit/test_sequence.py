"""Moving changes from the outbox into the log."""

import json
from typing import Any

import pytest
from aws_lambda_powertools.utilities.typing import LambdaContext
from botocore.exceptions import ClientError, ReadTimeoutError

from functions.create_case.handler import create_case
from functions.partner_sync import sequence as module
from functions.partner_sync.sequence import sequence
from functions.shared.app import App
from functions.shared.bank import FeedbackValue
from functions.shared.log import ORIGIN, Change, Segment
from infrastructure.routes import SEQUENCER
from tests.faults import interrupt, lose_answer, refuse
from tests.hashes import signal
from tests.people import OTHER_NUMBER, new_case, number_of
from tests.rights import session
from tests.world import START, AppFor, World

CREATE = "create_case.handler"


@pytest.fixture
def inbox(somewhere: World) -> str:
    """Return a queue that hears what the topic says."""
    sqs, sns = session().client("sqs"), session().client("sns")
    url = sqs.create_queue(QueueName="listener")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    sns.subscribe(
        TopicArn=somewhere.env["TOPIC_ARN"],
        Protocol="sqs",
        Endpoint=arn["QueueArn"],
        Attributes={"RawMessageDelivery": "true"},
    )
    return url


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
