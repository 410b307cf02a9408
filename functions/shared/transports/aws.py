"""What the services of AWS answer when they do not take a message, in our own words."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError

from functions.shared.errors import Undelivered


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what AWS refuses into `Undelivered`.

    Its own codes and messages stay out of it: they name queues, accounts and roles.
    """
    try:
        yield
    except ClientError as refused:
        status = refused.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        raise Undelivered(f"status {int(status)}") from None
    except BotoCoreError:
        raise Undelivered("no answer") from None
