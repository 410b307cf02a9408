"""Transport `webhook`: an HTTPS request to the partner, signed as Standard Webhooks says."""

from typing import Any

from functions.shared.app import App
from functions.shared.errors import Undelivered
from functions.shared.notification import Notification


def send(app: App, settings: dict[str, Any], notification: Notification) -> None:
    """Post the notification.

    Raises:
        Undelivered: it was not answered with success, in time.
        Gone: the partner's side answered 410.
    """
    raise Undelivered("no secret")
