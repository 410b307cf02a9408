"""A partner of each kind has a way out of its own, and nobody else has a way into it."""

import base64
import json
from typing import Any

import pytest

from functions.shared.deliveries import REMINDER
from infrastructure.partners import Partner
from infrastructure.routes import DELIVERER, DELIVERER_GRANTS
from infrastructure.schema import DELIVERIES
from infrastructure.webhook_secret import BYTES
from tests.wiring.every_kind import BY_QUEUE, BY_TOPIC, BY_WEBHOOK, EVERY_KIND
from tests.wiring.reading import Properties, Template, target, written
from tests.wiring.test_rights import granted, own_log, table

each_kind = pytest.mark.parametrize("partner", EVERY_KIND, ids=lambda partner: partner.id)


def deliverer(template: Template, partner: Partner) -> tuple[str, Properties]:
    functions = template.of_type("AWS::Lambda::Function").items()
    serves = {ident: each["Environment"]["Variables"].get("PARTNER") for ident, each in functions}
    (found,) = (each for each in functions if serves[each[0]] == partner.id)
    return found


def queue_of(template: Template, partner: Partner) -> str:
    """Return the queue that feeds a partner's deliverer."""
    ident, _ = deliverer(template, partner)
    mappings = template.of_type("AWS::Lambda::EventSourceMapping").values()
    (source,) = (each for each in mappings if target(each["FunctionName"]) == ident)
    return target(source["EventSourceArn"])


def policy_of(template: Template, kind: str, resource: str) -> list[Properties]:
    """Return what the policy of a queue or topic allows."""
    field = {"AWS::SQS::QueuePolicy": "Queues", "AWS::SNS::TopicPolicy": "Topics"}[kind]
    policies = template.of_type(kind).values()
    (policy,) = (each for each in policies if target(each[field][0]) == resource)
    statements = policy["PolicyDocument"]["Statement"]
    return [each for each in statements if each["Effect"] == "Allow"]


@each_kind
def test_a_deliverer_may_use_its_queue_and_table_and_reach_its_partner(
    channels: Template, partner: Partner
) -> None:
    _, function = deliverer(channels, partner)
    env = function["Environment"]["Variables"]
    take = {"sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"}
    plumbing = {
        f"${{{queue_of(channels, partner)}.Arn}}": take | {"sqs:SendMessage"},
        **{arn: set(actions) for arn, actions in partner.transport.rights.items()},
    }
    if partner is BY_TOPIC:
        plumbing |= {written(env["OUT_TOPIC_ARN"]): {"sns:Publish"}}
    if partner is BY_WEBHOOK:
        plumbing |= {written(env["WEBHOOK_SECRET_ARN"]): {"secretsmanager:GetSecretValue"}}
    promised = granted(channels, DELIVERER_GRANTS) | own_log(function)
    assert function["Handler"] == f"functions.{DELIVERER}.handler"
    assert channels.rights(function) == promised | plumbing


@each_kind
def test_a_deliverer_may_touch_the_deliveries_of_its_own_partner_alone(
    channels: Template, partner: Partner
) -> None:
    _, function = deliverer(channels, partner)
    arn = f"${{{table(channels, DELIVERIES)}.Arn}}"
    told = channels.statements(target(function["Role"]))
    (about,) = (each for each in told if written(each["Resource"]) == arn)
    only = {"dynamodb:LeadingKeys": [partner.id]}
    assert about["Condition"] == {"ForAllValues:StringEquals": only}


def test_only_a_deliverer_may_come_back_to_itself_as_often_as_there_is_something_due(
    channels: Template,
) -> None:
    functions = channels.of_type("AWS::Lambda::Function").values()
    loops = {one["Handler"] for one in functions if one.get("RecursiveLoop") == "Allow"}
    assert loops == {f"functions.{DELIVERER}.handler"}
    for partner in EVERY_KIND:
        assert deliverer(channels, partner)[1]["RecursiveLoop"] == "Allow"


@each_kind
def test_a_deliverer_knows_its_own_queue(channels: Template, partner: Partner) -> None:
    env = deliverer(channels, partner)[1]["Environment"]["Variables"]
    assert env["QUEUE_URL"] == {"Ref": queue_of(channels, partner)}
    assert ("OUT_TOPIC_ARN" in env) is (partner is BY_TOPIC)
    assert ("WEBHOOK_SECRET_ARN" in env) is (partner is BY_WEBHOOK)


@each_kind
def test_a_partner_is_told_of_the_types_that_it_takes(channels: Template, partner: Partner) -> None:
    queue = queue_of(channels, partner)
    subscriptions = channels.of_type("AWS::SNS::Subscription").values()
    (found,) = (each for each in subscriptions if target(each["Endpoint"]) == queue)
    assert found["FilterPolicy"] == {"signalType": sorted(partner.signal_types)}
    assert "FilterPolicyScope" not in found  # by attribute, which is what there is without it


def test_the_kinds_differ_in_the_types_that_they_take() -> None:
    assert set(BY_QUEUE.signal_types) != set(BY_WEBHOOK.signal_types)


@each_kind
def test_each_minute_its_own_rule_reminds_a_queue_of_what_is_due(
    channels: Template, partner: Partner
) -> None:
    queue = queue_of(channels, partner)
    (name, rule), *others = (
        (name, each)
        for name, each in channels.of_type("AWS::Events::Rule").items()
        if queue in map(_aimed_at, each["Targets"])
    )
    assert not others
    assert rule["ScheduleExpression"] == "rate(1 minute)"
    assert [each["Input"] for each in rule["Targets"]] == [f'{{"type":"{REMINDER}"}}']

    let_in = policy_of(channels, "AWS::SQS::QueuePolicy", queue)
    (by_events,) = (each for each in let_in if "events" in json.dumps(each["Principal"]))
    assert by_events["Action"] == "sqs:SendMessage"
    assert by_events["Condition"] == {"ArnEquals": {"aws:SourceArn": {"Fn::GetAtt": [name, "Arn"]}}}


def _aimed_at(aim: dict[str, Any]) -> str:
    return target(aim["Arn"])


def test_only_the_partners_account_may_subscribe_and_only_what_is_its_own(
    channels: Template,
) -> None:
    env = deliverer(channels, BY_TOPIC)[1]["Environment"]["Variables"]
    (subscribing,) = policy_of(channels, "AWS::SNS::TopicPolicy", target(env["OUT_TOPIC_ARN"]))
    assert written(subscribing["Principal"]["AWS"]).endswith(":iam::111122223333:root")
    assert subscribing["Action"] == "sns:Subscribe"
    endpoint = subscribing["Condition"]["StringLike"]["sns:Endpoint"]
    assert written(endpoint).endswith(":*:*:111122223333:*")


def test_a_webhook_secret_is_random_long_and_outlives_the_stack(channels: Template) -> None:
    name, secret = channels.sole("AWS::SecretsManager::Secret")
    length = secret["GenerateSecretString"]["PasswordLength"]
    assert len(base64.b64decode("a" * length, validate=True)) == BYTES
    assert not {*"+/=_-"} - {*secret["GenerateSecretString"]["ExcludeCharacters"]}
    assert "SecretString" not in secret
    assert channels.resources[name]["DeletionPolicy"] == "Retain"


@pytest.mark.parametrize(
    "variable", ["WEBHOOK_ALSO_REACHABLE", "SSL_CERT_FILE", "PARTNERS_REGISTER"]
)
def test_nothing_that_is_deployed_has_what_only_one_machine_may_do(
    channels: Template, template: Template, variable: str
) -> None:
    for deployed in (channels, template):
        for function in deployed.of_type("AWS::Lambda::Function").values():
            told = function.get("Environment", {}).get("Variables", {})
            assert variable not in told
        assert variable not in json.dumps(deployed.resources)
