"""The ways in which a partner can be told. A new one is a file here and a line in `TRANSPORTS`."""

from collections.abc import Callable
from typing import Any

from functions.shared.app import App
from functions.shared.errors import Gone, Undelivered
from functions.shared.notification import Notification
from functions.shared.partners import Partner
from functions.shared.transports import sns, sqs

__all__ = ["TRANSPORTS", "Gone", "Notification", "Transport", "Undelivered", "deliver"]

Transport = Callable[[App, dict[str, Any], Notification], None]
"""Takes the App, the partner's settings for it, and the notification.

Returns once the partner's side has taken it.

Raises:
    Undelivered: it was not taken, and may be later.
    Gone: the partner's side wants no more of them.
"""


def _webhook(app: App, settings: dict[str, Any], notification: Notification) -> None:
    # Not before: a function that tells by a queue would load it all for nothing.
    from functions.shared.transports import webhook  # noqa: PLC0415

    webhook.send(app, settings, notification)


TRANSPORTS: dict[str, Transport] = {"sqs": sqs.send, "sns": sns.send, "webhook": _webhook}


def deliver(app: App, partner: Partner, notification: Notification) -> None:
    """Hand a notification to a partner by the transport of its choice.

    Raises:
        Undelivered: it was not taken, and may be later.
        Gone: the partner's side wants no more of them.
    """
    TRANSPORTS[partner.transport["kind"]](app, partner.transport, notification)
