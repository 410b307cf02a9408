"""What the operator hears of one partner's deliveries."""

import aws_cdk as cdk
from constructs import Construct

from infrastructure.alarms import Alarms, counted

_MEANINGS = {
    "Parked": "Three days of tries were in vain: deliveries are parked until they are replayed.",
    "EndpointsDisabled": "The partner says that its endpoint is gone for good: it is told no more.",
}
"""By metric, which functions/partner_sync counts with the partner's id."""


def watch(scope: Construct, alarms: Alarms, *, service: str, partner: str) -> None:
    """Raise an alarm for each thing that will not mend itself."""
    for name, meaning in _MEANINGS.items():
        alarms.on(
            scope,
            f"{name}Alarm",
            metric=counted(name, service=service, partner=partner, period=cdk.Duration.minutes(5)),
            threshold=1,
            meaning=f"{partner}: {meaning}",
        )
