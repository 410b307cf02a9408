"""The template, deployed to the local AWS as `cdk deploy` would deploy it to the real one."""

import contextlib
import json
from collections.abc import Callable
from time import monotonic, sleep

from botocore.exceptions import ClientError

from local.assembly import Assembly, Asset, Template
from local.cloud import Cloud
from local.environment import REGION
from local.refusal import Refusal
from local.stack import Stack
from local.uninterrupted import uninterrupted

BOOTSTRAP_VERSION = "/cdk-bootstrap/hnb659fds/version"
"""The parameter by which every CDK stack checks that its account was prepared."""
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
SETTLED = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
FAILED = ("_FAILED", "ROLLBACK_COMPLETE")
PATIENCE = 60.0
"""Seconds; a deployment takes about one."""
POLL = 0.1


def deploy(cloud: Cloud, assembly: Assembly, alter: Callable[[Template], Template]) -> Stack:
    """Create the stack, or update it, or leave it when it is already what it should be.

    `alter` makes the deployed template from the synthesized one.

    Raises:
        Refusal: the local AWS did not take the template.
    """
    assets = list(assembly.assets())
    for bucket in {asset.bucket for asset in assets}:
        _prepare_account(cloud, bucket)
    for asset in assets:
        _upload(cloud, asset)
    template = alter(assembly.template)
    if _deployed(cloud, assembly.stack) != template:
        _apply(cloud, assembly.stack, template, assets[0].bucket)
    return Stack(template, _outputs(cloud, assembly.stack))


def _prepare_account(cloud: Cloud, bucket: str) -> None:
    """Do what `cdk bootstrap` does in an account, as far as a template can see it."""
    s3 = cloud.client("s3")
    with contextlib.suppress(s3.exceptions.BucketAlreadyOwnedByYou):
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": REGION})
    cloud.client("ssm").put_parameter(
        Name=BOOTSTRAP_VERSION, Value="30", Type="String", Overwrite=True
    )


def _upload(cloud: Cloud, asset: Asset) -> None:
    s3 = cloud.client("s3")
    # A key is its content's digest, so what is there is right.
    if not s3.list_objects_v2(Bucket=asset.bucket, Prefix=asset.key).get("KeyCount"):
        s3.put_object(Bucket=asset.bucket, Key=asset.key, Body=asset.payload())


def _deployed(cloud: Cloud, stack: str) -> Template | None:
    if _status(cloud, stack) not in SETTLED:
        return None
    body = cloud.client("cloudformation").get_template(StackName=stack)["TemplateBody"]
    found: Template = body if isinstance(body, dict) else json.loads(body)
    return found


def _apply(cloud: Cloud, stack: str, template: Template, bucket: str) -> None:
    key = f"{stack}.template.json"
    cloud.client("s3").put_object(Bucket=bucket, Key=key, Body=json.dumps(template).encode())
    formation = cloud.client("cloudformation")
    change = formation.create_stack if _status(cloud, stack) is None else formation.update_stack
    # A stack that was left half deployed can be neither updated nor used.
    with uninterrupted():
        try:
            change(
                StackName=stack,
                TemplateURL=f"{cloud.endpoint}/{bucket}/{key}",
                Capabilities=CAPABILITIES,
            )
        except ClientError as error:
            raise Refusal(f"The local AWS did not take the stack: {error}") from error
        _wait_until_settled(cloud, stack)


def _wait_until_settled(cloud: Cloud, stack: str) -> None:
    deadline = monotonic() + PATIENCE
    while (status := _status(cloud, stack)) not in SETTLED:
        if status is None or status.endswith(FAILED) or monotonic() > deadline:
            raise Refusal(f"The local AWS did not take the stack: {_reason(cloud, stack)}")
        sleep(POLL)


def _status(cloud: Cloud, stack: str) -> str | None:
    try:
        (found,) = cloud.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    except ClientError:
        return None  # the API has no other way to say that there is no such stack
    return str(found["StackStatus"])


def _reason(cloud: Cloud, stack: str) -> str:
    events = cloud.client("cloudformation").describe_stack_events(StackName=stack)["StackEvents"]
    reasons = (
        f"{event['LogicalResourceId']}: {event.get('ResourceStatusReason', '?')}"
        for event in reversed(events)
        if event["ResourceStatus"].endswith("_FAILED")
    )
    return next(reasons, "it gives no reason")


def _outputs(cloud: Cloud, stack: str) -> dict[str, str]:
    (found,) = cloud.client("cloudformation").describe_stacks(StackName=stack)["Stacks"]
    return {each["OutputKey"]: each["OutputValue"] for each in found["Outputs"]}
