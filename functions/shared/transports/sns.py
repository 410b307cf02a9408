"""Transport `sns`: a message to our own topic for the partner, to which its queues subscribe."""

from typing import Any

from functions.shared.app import App
from functions.shared.notification import Notification
from functions.shared.transports.aws import refusals
from functions.shared.transports.deadline import SECONDS, Deadline, within


def send(app: App, _: dict[str, Any], notification: Notification) -> None:
    """Publish the notification, with its type as an attribute that subscriptions can filter by.

    Raises:
        Undelivered: the topic is gone or does not let us in, or nobody answered in time.
    """
    with refusals():
        within(Deadline(SECONDS), lambda: _publish(app, notification))


def _publish(app: App, notification: Notification) -> None:
    app.publish(app.env["OUT_TOPIC_ARN"], notification.body, notification.signal_type)
