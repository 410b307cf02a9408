"""Transport `webhook`: an HTTPS request to the partner, signed as Standard Webhooks says.

Source: https://www.standardwebhooks.com, specification of 2023.
"""

from http import HTTPStatus
from typing import Any

from functions.shared.app import App
from functions.shared.errors import Gone, Undelivered
from functions.shared.notification import Notification
from functions.shared.transports.deadline import SECONDS, Deadline, within
from functions.shared.transports.webhook.addresses import Guard
from functions.shared.transports.webhook.line import opened
from functions.shared.transports.webhook.post import post
from functions.shared.transports.webhook.signing import secrets, signed
from functions.shared.transports.webhook.target import Target


def send(
    app: App, settings: dict[str, Any], notification: Notification, seconds: float = SECONDS
) -> None:
    """Post the notification to the partner's `url`.

    Raises:
        Undelivered: it was not answered with success, in time.
        Gone: the answer was 410.
    """
    deadline = Deadline(seconds)
    headers = signed(notification, within(deadline, lambda: secrets(app)), app.now())
    target = _target(settings["url"])
    addresses = Guard.of(app.env).addresses(target, app.resolve, deadline)
    with opened(addresses, target, deadline, app.env.get("SSL_CERT_FILE")) as line:
        status = post(line, target, headers, notification.body.encode())
    if status == HTTPStatus.GONE:
        raise Gone
    if not 200 <= status < 300:
        raise Undelivered(f"status {status}")


def _target(url: str) -> Target:
    try:
        return Target.parse(url)
    except ValueError:
        raise Undelivered("address refused") from None
