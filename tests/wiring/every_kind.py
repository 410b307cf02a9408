"""A partner of each kind of transport, for what the register of the moment may not have."""

from functions.shared.signals import SIGNAL_TYPES
from infrastructure.partners import Partner
from infrastructure.transports import SnsTransport, SqsTransport, WebhookTransport

BY_QUEUE = Partner(
    "by-queue", "By Queue", SqsTransport("arn:aws:sqs:eu-north-1:111122223333:inbox")
)
BY_TOPIC = Partner("by-topic", "By Topic", SnsTransport("111122223333"), tuple(SIGNAL_TYPES))
BY_WEBHOOK = Partner(
    "by-webhook", "By Webhook", WebhookTransport("https://hooks.example.org/in"), ("ImagePDQ",)
)
EVERY_KIND = (BY_QUEUE, BY_TOPIC, BY_WEBHOOK)
