"""Whom a webhook is from, so that its receiver can tell: the headers of Standard Webhooks."""

import base64
import binascii
from collections.abc import Iterable
from datetime import UTC, datetime

from botocore.exceptions import BotoCoreError, ClientError
from standardwebhooks import Webhook

from functions.shared.app import App
from functions.shared.errors import Undelivered
from functions.shared.notification import Notification

_PREFIX = "whsec_"
_SHORTEST = 24
"""Bytes. Source: Standard Webhooks, "Signature scheme": 24 to 64 bytes."""


def secrets(app: App) -> tuple[str, ...]:
    """Return the secret of this function's partner, and during a rotation also the one before.

    Raises:
        Undelivered: it cannot be had. Nothing takes its place: what is signed with something
            else is worth less than nothing.
    """
    try:
        return app.secret_values(app.env["WEBHOOK_SECRET_ARN"])
    except (BotoCoreError, ClientError, KeyError):
        raise Undelivered("no secret") from None


def signed(notification: Notification, secrets: Iterable[str], now: int) -> dict[str, str]:
    """Return the headers that sign a notification, once with each secret.

    `now` is in seconds since 1970; receivers refuse what is more than five minutes off.

    Raises:
        Undelivered: none of the secrets can sign.
    """
    at = datetime.fromtimestamp(now, UTC)
    signatures = [
        Webhook(secret).sign(notification.id, at, notification.body)
        for secret in secrets
        if _usable(secret)
    ]
    if not signatures:
        raise Undelivered("no secret")
    return {
        "webhook-id": notification.id,
        "webhook-timestamp": str(now),
        "webhook-signature": " ".join(signatures),
    }


def _usable(secret: str) -> bool:
    """Tell whether a secret is base64 and long enough; the library would make do with less."""
    symbols = secret.removeprefix(_PREFIX)
    try:
        key = base64.b64decode(symbols + "=" * (-len(symbols) % 4), validate=True)
    except (binascii.Error, ValueError):
        return False
    return len(key) >= _SHORTEST
