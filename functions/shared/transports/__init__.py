"""The ways in which a partner can be told. A new one is a file here and a line in `TRANSPORTS`."""

from collections.abc import Callable
from typing import Any

from functions.shared.app import App
from functions.shared.partners import Partner
from functions.shared.transports import sqs

Transport = Callable[[App, dict[str, Any], str], None]
"""Takes the App, the partner's settings for it, and the notification as JSON.

Returns once the partner's side has taken it; raises anything else.
"""

TRANSPORTS: dict[str, Transport] = {"sqs": sqs.send}


def deliver(app: App, partner: Partner, notification: str) -> None:
    """Hand a notification to a partner by the transport of its choice."""
    TRANSPORTS[partner.transport["kind"]](app, partner.transport, notification)
