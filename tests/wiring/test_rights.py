"""Each role may do what its route lists, and what its plumbing takes, to the letter."""

import pytest

from infrastructure import schema
from infrastructure.routes import (
    ROUTES,
    SEQUENCER,
    SEQUENCER_GRANTS,
    UNROUTED,
    UNROUTED_GRANTS,
    Grants,
    Route,
)
from tests.wiring.reading import Properties, Template, as_list, target, written

WILDCARDS = {
    "${TablesBank.Arn}/stream/*": "ListStreams is about all streams of a table",
    "${SiteBucket.Arn}/*": "the publisher writes every file of the page",
}
"""The only resources that are not one thing, each with its reason."""


def granted(template: Template, grants: Grants) -> dict[str, set[str]]:
    """Return what routes.py promises, by resource."""
    key, _ = template.sole("AWS::KMS::Key")
    promised = {
        f"${{{table(template, schema.CASES)}.Arn}}": dynamodb(grants.cases),
        f"${{{table(template, schema.BANK)}.Arn}}": dynamodb(grants.bank),
        f"${{{table(template, schema.DELIVERIES)}.Arn}}": dynamodb(grants.deliveries),
        f"${{{table(template, schema.ERASURES)}.Arn}}": dynamodb(grants.erasures),
        f"${{{key}.Arn}}": {"kms:GenerateMac"} if grants.mac else set(),
        f"${{{topic(template)}}}": {"sns:Publish"} if grants.publish else set(),
    }
    return {resource: actions for resource, actions in promised.items() if actions}


def dynamodb(actions: tuple[str, ...]) -> set[str]:
    return {f"dynamodb:{action}" for action in actions}


def table(template: Template, named: schema.Table) -> str:
    tables = template.of_type("AWS::DynamoDB::Table")
    (found,) = (ident for ident in tables if ident.startswith(f"Tables{named.name.capitalize()}"))
    return found


def topic(template: Template) -> str:
    topics = template.of_type("AWS::SNS::Topic")
    (found,) = (ident for ident in topics if ident.startswith("BankTopic"))
    return found


def own_log(function: Properties) -> dict[str, set[str]]:
    log = target(function["LoggingConfig"]["LogGroup"])
    return {f"${{{log}.Arn}}": {"logs:CreateLogStream", "logs:PutLogEvents"}}


@pytest.mark.parametrize("route", ROUTES, ids=lambda route: route.path)
def test_a_route_may_do_what_it_lists_and_write_its_log(template: Template, route: Route) -> None:
    _, function = template.function_for(f"functions.{route.handler}.handler")
    assert template.rights(function) == granted(template, route.grants) | own_log(function)


def test_what_answers_the_rest_may_write_its_log_and_nothing_else(template: Template) -> None:
    _, function = template.function_for(f"functions.{UNROUTED}.handler")
    assert Grants() == UNROUTED_GRANTS
    assert template.rights(function) == own_log(function)


def test_the_sequencer_may_also_read_the_stream_and_set_failures_aside(template: Template) -> None:
    ident, function = template.function_for(f"functions.{SEQUENCER}.handler")
    bank = table(template, schema.BANK)
    read = {"dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"}
    plumbing = {
        f"${{{bank}.StreamArn}}": read,
        f"${{{bank}.Arn}}/stream/*": {"dynamodb:ListStreams"},
        **{f"${{{queue}.Arn}}": {"sqs:SendMessage"} for queue in set_aside(template, ident)},
    }
    promised = granted(template, SEQUENCER_GRANTS) | own_log(function)
    assert template.rights(function) == promised | plumbing


def set_aside(template: Template, function: str) -> set[str]:
    """Return the queues that take what this function could not do."""
    kinds = ("AWS::Lambda::EventSourceMapping", "AWS::Lambda::EventInvokeConfig")
    sources = [each for kind in kinds for each in template.of_type(kind).values()]
    return {
        target(source["DestinationConfig"]["OnFailure"]["Destination"])
        for source in sources
        if target(source["FunctionName"]) == function
    }


def test_no_role_has_a_managed_policy_and_only_lambda_takes_one(template: Template) -> None:
    for role in template.of_type("AWS::IAM::Role").values():
        assert "ManagedPolicyArns" not in role
        (trust,) = role["AssumeRolePolicyDocument"]["Statement"]
        assert trust["Principal"] == {"Service": "lambda.amazonaws.com"}


def test_no_right_is_wider_than_one_thing_without_a_reason(template: Template) -> None:
    for policy in template.of_type("AWS::IAM::Policy").values():
        for statement in policy["PolicyDocument"]["Statement"]:
            assert not [action for action in as_list(statement["Action"]) if "*" in action]
            wide = {written(one) for one in as_list(statement["Resource"]) if "*" in written(one)}
            assert all(any(same(one, known) for known in WILDCARDS) for one in wide), wide


def same(resource: str, known: str) -> bool:
    """Whether the names agree; CDK puts a digest behind each logical id."""
    prefix, rest = known.split(".", 1)
    return resource.startswith(prefix) and resource.endswith(rest)


def test_the_key_opens_to_those_who_make_macs_and_to_nobody_else(template: Template) -> None:
    _, key = template.sole("AWS::KMS::Key")
    administer, use = key["KeyPolicy"]["Statement"]
    handlers = [f"functions.{route.handler}.handler" for route in ROUTES if route.grants.mac]

    assert use["Action"] == "kms:GenerateMac"
    assert {target(arn) for arn in as_list(use["Principal"]["AWS"])} == {
        target(template.function_for(handler)[1]["Role"]) for handler in handlers
    }
    used = ("Mac", "Encrypt", "Decrypt", "Sign", "CreateGrant", "*")
    assert not [a for a in administer["Action"] if any(word in a for word in used)]
    assert (key["KeySpec"], key["KeyUsage"]) == ("HMAC_256", "GENERATE_VERIFY_MAC")


def test_every_resource_that_is_called_from_outside_refuses_plain_http(template: Template) -> None:
    for kind in ("AWS::SQS::QueuePolicy", "AWS::SNS::TopicPolicy", "AWS::S3::BucketPolicy"):
        for policy in template.of_type(kind).values():
            (denied,) = (s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Deny")
            assert denied["Condition"] == {
                "Bool": {"aws:SecureTransport": "false"},
                "NotIpAddress": {"aws:SourceIp": "127.0.0.0/8"},
            }
