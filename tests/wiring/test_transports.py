"""Every way of telling a partner is known to the functions and to the stack alike."""

from typing import Any

import pytest

from functions.shared import transports as functions
from infrastructure.transports import TRANSPORTS, transport

ENTRIES: dict[str, dict[str, Any]] = {
    "sqs": {"kind": "sqs", "queue_arn": "arn:aws:sqs:eu-north-1:111122223333:inbox"},
    "sns": {"kind": "sns", "account": "111122223333"},
    "webhook": {"kind": "webhook", "url": "https://partner.example/notyours"},
}
"""One entry of each kind, as partners.json has it."""

RIGHTS = {
    "sqs": {"arn:aws:sqs:eu-north-1:111122223333:inbox": ["sqs:GetQueueUrl", "sqs:SendMessage"]},
    "sns": {},
    "webhook": {},
}
"""What these take outside the stack, spelled out."""


def test_what_the_functions_can_do_the_stack_knows_and_the_other_way_round() -> None:
    assert functions.TRANSPORTS.keys() == TRANSPORTS.keys() == ENTRIES.keys() == RIGHTS.keys()


@pytest.mark.parametrize("kind", TRANSPORTS)
def test_a_transport_takes_its_settings_and_no_others(kind: str) -> None:
    entry = ENTRIES[kind]
    assert transport(entry) == TRANSPORTS[kind](**{k: entry[k] for k in entry.keys() - {"kind"}})
    lacking = [{k: entry[k] for k in entry.keys() - {gone}} for gone in entry]
    for wrong in (entry | {"color": "blue"}, *lacking):
        with pytest.raises(ValueError, match="transport"):
            transport(wrong)


@pytest.mark.parametrize("kind", TRANSPORTS)
def test_a_transport_reaches_the_partner_and_nothing_else(kind: str) -> None:
    assert transport(ENTRIES[kind]).rights == RIGHTS[kind]


@pytest.mark.parametrize("entry", [None, "sqs", {}, {"kind": "pigeon"}, {"kind": ["sqs"]}])
def test_a_transport_that_there_is_not_is_refused(entry: object) -> None:
    with pytest.raises(ValueError, match="kind"):
        transport(entry)
