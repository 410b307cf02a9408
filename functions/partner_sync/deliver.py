"""Tells one partner about changes: takes from its queue with us, hands to its transport."""

from functools import partial
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

from functions.partner_sync.arrivals import take
from functions.partner_sync.messages import read
from functions.partner_sync.retries import retry_due
from functions.partner_sync.shift import Shift
from functions.shared.app import App, app
from functions.shared.partners import partners

COUNTED = {
    "Delivered": "delivered",
    "Undelivered": "undelivered",
    "Parked": "parked",
    "EndpointsDisabled": "disabled",
}
"""Metrics, and what of a run they say. Attempts count, not messages."""

logger = Logger()
metrics = Metrics()
processor = BatchProcessor(EventType.SQS, raise_on_entire_batch_failure=False)


def deliver(message: str, shift: Shift) -> None:
    """Do what one message of the partner's queue with us asks for.

    Raises:
        NotOurs: nothing that we know.
    """
    delivery = read(message, shift.app.now())
    if delivery is None:
        retry_due(shift)
    else:
        take(shift, delivery)


def begin(app: App) -> Shift:
    """Return a run for the partner that this function is for."""
    return Shift(app, next(one for one in partners() if one.id == app.env["PARTNER"]))


def _record(shift: Shift, record: SQSRecord) -> None:
    deliver(record.body, shift)


@metrics.log_metrics
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Deliver a batch; only the messages that we could not deal with come back."""
    shift = begin(app())
    answer = process_partial_response(event, partial(_record, shift), processor, context)
    shift.close()
    _report(shift, len(event["Records"]), len(answer["batchItemFailures"]))
    return dict(answer)


def _report(shift: Shift, messages: int, failed: int) -> None:
    metrics.add_dimension(name="partner", value=shift.partner.id)
    for name, counted in COUNTED.items():
        metrics.add_metric(name=name, unit=MetricUnit.Count, value=shift.counts[counted])
    causes = sorted({kind.__name__ for kind, *_ in processor.exceptions if kind} | shift.reasons)
    counts = {name: number for name, number in shift.counts.items() if number}
    logger.info("delivered", messages=messages, failed=failed, causes=causes, attempts=counts)
