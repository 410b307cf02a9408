"""Nothing that was accepted gets lost between two services."""

import json
from typing import Any

from infrastructure.partners import load_partners
from infrastructure.routes import SEQUENCER
from tests.wiring.reading import Properties, Template, target

FORTNIGHT = 14 * 24 * 60 * 60


def dead_letter_queues(template: Template) -> set[str]:
    """Return every queue that something names as the place for what failed."""
    named: list[Any] = []
    for queue in template.of_type("AWS::SQS::Queue").values():
        named.append(queue.get("RedrivePolicy", {}).get("deadLetterTargetArn"))
    for subscription in template.of_type("AWS::SNS::Subscription").values():
        named.append(subscription.get("RedrivePolicy", {}).get("deadLetterTargetArn"))
    for rule in template.of_type("AWS::Events::Rule").values():
        named += [each.get("DeadLetterConfig", {}).get("Arn") for each in rule["Targets"]]
    for kind in ("AWS::Lambda::EventSourceMapping", "AWS::Lambda::EventInvokeConfig"):
        for source in template.of_type(kind).values():
            failure = source.get("DestinationConfig", {}).get("OnFailure", {})
            named.append(failure.get("Destination"))
    return {target(arn) for arn in named if arn}


def test_every_queue_has_a_dead_letter_queue_or_is_one(template: Template) -> None:
    dead = dead_letter_queues(template)
    for ident, queue in template.of_type("AWS::SQS::Queue").items():
        assert ident in dead or "RedrivePolicy" in queue, ident


def test_every_dead_letter_raises_an_alarm(template: Template) -> None:
    alarms = template.of_type("AWS::CloudWatch::Alarm").values()
    watched = {
        target(dimension["Value"])
        for alarm in alarms
        for dimension in alarm["Dimensions"]
        if alarm["MetricName"] == "ApproximateNumberOfMessagesVisible"
    }
    assert watched == dead_letter_queues(template)
    assert all(alarm["AlarmActions"] for alarm in alarms)


def test_alarms_may_reach_the_operator(template: Template) -> None:
    alarms = template.of_type("AWS::CloudWatch::Alarm").values()
    (topic,) = {target(action) for alarm in alarms for action in alarm["AlarmActions"]}
    policies = template.of_type("AWS::SNS::TopicPolicy").values()
    (policy,) = (each for each in policies if target(each["Topics"][0]) == topic)
    allowed = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
    assert [s["Principal"] for s in allowed] == [{"Service": "cloudwatch.amazonaws.com"}]


def test_every_queue_is_encrypted_and_keeps_messages_as_long_as_it_can(template: Template) -> None:
    for queue in template.of_type("AWS::SQS::Queue").values():
        assert queue["SqsManagedSseEnabled"] is True
        assert queue["MessageRetentionPeriod"] == FORTNIGHT


def test_every_event_source_reports_failures_one_by_one(template: Template) -> None:
    for mapping in template.of_type("AWS::Lambda::EventSourceMapping").values():
        assert mapping["FunctionResponseTypes"] == ["ReportBatchItemFailures"]


def test_a_message_stays_hidden_for_six_runs_of_its_function(template: Template) -> None:
    queues = template.of_type("AWS::SQS::Queue")
    functions = template.of_type("AWS::Lambda::Function")
    for mapping in template.of_type("AWS::Lambda::EventSourceMapping").values():
        source = target(mapping["EventSourceArn"])
        if source in queues:
            timeout = functions[target(mapping["FunctionName"])]["Timeout"]
            assert queues[source]["VisibilityTimeout"] >= 6 * timeout


def test_every_partner_has_a_queue_of_its_own_on_the_topic(template: Template) -> None:
    subscriptions = template.of_type("AWS::SNS::Subscription").values()
    assert len({target(each["Endpoint"]) for each in subscriptions}) == len(load_partners())
    assert all(each["RawMessageDelivery"] is True for each in subscriptions)


def test_the_sequencer_is_woken_by_new_outbox_rows_only(template: Template) -> None:
    ident, _ = template.function_for(f"functions.{SEQUENCER}.handler")
    mappings = template.of_type("AWS::Lambda::EventSourceMapping").values()
    (nudge,) = (each for each in mappings if target(each["FunctionName"]) == ident)
    (pattern,) = nudge["FilterCriteria"]["Filters"]
    assert json.loads(pattern["Pattern"]) == {
        "eventName": ["INSERT"],
        "dynamodb": {"Keys": {"pk": {"S": [{"prefix": "outbox#"}]}}},
    }
    assert nudge["BisectBatchOnFunctionError"] is True


def test_the_outbox_is_swept_every_minute(template: Template) -> None:
    ident, _ = template.function_for(f"functions.{SEQUENCER}.handler")
    (rule,) = calling(template, ident)
    assert rule["ScheduleExpression"] == "rate(1 minute)"


def calling(template: Template, function: str) -> list[Properties]:
    """Return the rules that call a function, and nothing else."""
    rules = template.of_type("AWS::Events::Rule").values()
    return [one for one in rules if [target(each["Arn"]) for each in one["Targets"]] == [function]]
