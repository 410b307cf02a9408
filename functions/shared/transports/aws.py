"""What the services of AWS answer when they do not take a message, in our own words."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from functions.shared.errors import Undelivered

_WORDS = {
    "AccessDenied": "not allowed",
    "AccessDeniedException": "not allowed",
    "AuthorizationError": "not allowed",
    "AWS.SimpleQueueService.NonExistentQueue": "not found",
    "QueueDoesNotExist": "not found",
    "NotFound": "not found",
}
"""By the codes of SQS and SNS; the old and the new protocol of SQS differ."""


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what AWS refuses into `Undelivered`.

    Its own messages stay out of it: they name queues, accounts and roles.
    """
    try:
        yield
    except ClientError as refused:
        code = refused.response.get("Error", {}).get("Code", "")
        raise Undelivered(_WORDS.get(code, "refused")) from None
    except BotoCoreError:
        raise Undelivered("no answer") from None
