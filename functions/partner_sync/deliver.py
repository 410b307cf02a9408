"""Tells one partner about changes: takes from its queue with us, hands to its transport."""

from typing import Any

from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.batch import (
    BatchProcessor,
    EventType,
    process_partial_response,
)
from aws_lambda_powertools.utilities.data_classes.sqs_event import SQSRecord
from aws_lambda_powertools.utilities.typing import LambdaContext

from functions.shared import transports
from functions.shared.app import App, app
from functions.shared.notification import Notification
from functions.shared.partners import Partner, partners

logger = Logger()
metrics = Metrics()
processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


def deliver(message: str, app: App) -> None:
    """Hand one notification to the partner that this function is for."""
    transports.deliver(app, _partner(app), Notification("", message, ""))


def _partner(app: App) -> Partner:
    return next(one for one in partners() if one.id == app.env["PARTNER"])


def _record(record: SQSRecord) -> None:
    deliver(record.body, app())


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Deliver a batch; only the messages that failed come back."""
    failed = process_partial_response(event, _record, processor, context)
    messages, failures = len(event["Records"]), len(failed["batchItemFailures"])
    metrics.add_metric(name="Delivered", unit=MetricUnit.Count, value=messages - failures)
    metrics.add_metric(name="Undelivered", unit=MetricUnit.Count, value=failures)
    causes = sorted({kind.__name__ for kind, *_ in processor.exceptions if kind})
    logger.info("delivered", messages=messages, failed=failures, causes=causes)
    return dict(failed)
