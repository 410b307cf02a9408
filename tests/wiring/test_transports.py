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


@pytest.mark.parametrize(
    "arn",
    [
        None,
        "",
        "inbox",
        "arn:aws:sns:eu-north-1:111122223333:inbox",
        "arn:aws:sqs:eu-north-1:111122223333:inbox.fifo",
        "arn:aws:sqs:eu-north-1:11112222333:inbox",
        "arn:aws:sqs:eu-north-1:111122223333:*",
        "arn:aws:sqs:*:111122223333:inbox",
        "arn:aws:sqs::111122223333:inbox",
        "arn:aws:sqs:eu-north-1:111122223333:in box",
        "arn:aws:sqs:eu-north-1:111122223333:" + "i" * 81,
        " arn:aws:sqs:eu-north-1:111122223333:inbox",
        "arn:aws:sqs:eu-north-1:111122223333:inbox\n",
    ],
)
def test_a_queue_that_cannot_be_sent_to_is_refused(arn: object) -> None:
    with pytest.raises(ValueError, match=r"^partners\.json: queue_arn "):
        transport({"kind": "sqs", "queue_arn": arn})


@pytest.mark.parametrize("account", [None, 111122223333, "", "*", "11112222333", "1111222233334"])
def test_what_is_no_account_is_refused(account: object) -> None:
    with pytest.raises(ValueError, match=r"^partners\.json: account "):
        transport({"kind": "sns", "account": account})


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (None, "URL"),
        ("", "URL"),
        ("https://partner.example/ü", "URL"),
        ("https://partner.example/a b", "URL"),
        ("https://partner.example\\@evil.example/", "URL"),
        ("https://partner.example/\r\nHost: x", "URL"),
        ("https://partner.example:port/", "URL"),
        ("https://partner.example:99999/", "URL"),
        ("https://[::1/", "URL"),
        ("https://partner.example/" + "x" * 2000, "URL"),
        ("partner.example/notyours", "scheme"),
        ("http://partner.example/", "scheme"),
        ("ftp://partner.example/", "scheme"),
        ("//partner.example/", "scheme"),
        ("https://user@partner.example/", "user"),
        ("https://user:secret@partner.example/", "user"),
        ("https://@partner.example/", "user"),
        ("https://partner.example/#part", "fragment"),
        ("https://partner.example/#", "fragment"),
        ("https:///notyours", "host"),
        ("https://partner.example:/", "port"),
        ("https://partner.example:8443/", "port"),
        ("https://partner.example:80/", "port"),
        ("https://partner.example:0/", "port"),
        ("https://10.0.0.1/", "name"),
        ("https://127.0.0.1/", "name"),
        ("https://127.1/", "name"),
        ("https://0x7f.0.0.1/", "name"),
        ("https://2130706433/", "name"),
        ("https://169.254.169.254/latest/meta-data", "name"),
        ("https://[::1]/", "name"),
        ("https://[fd00:ec2::254]/", "name"),
        ("https://93.184.215.14/", "name"),
        ("https://localhost/", "name"),
        ("https://a.localhost/", "name"),
        ("https://intranet/", "name"),
        ("https://metadata.google.internal/", "name"),
        ("https://printer.local/", "name"),
        ("https://partner.example./", "name"),
        ("https://part..ner.example/", "name"),
        ("https://-partner.example/", "name"),
        ("https://*.partner.example/", "name"),
        ("https://" + "a." * 130 + "example/", "name"),
    ],
)
def test_an_address_that_is_not_to_be_posted_to_is_refused(url: object, why: str) -> None:
    with pytest.raises(ValueError, match=rf"^partners\.json: url .*{why}") as refused:
        transport({"kind": "webhook", "url": url})
    assert not url or str(url) not in str(refused.value)
    assert refused.value.__cause__ is None


@pytest.mark.parametrize(
    "url",
    [
        "https://partner.example",
        "https://partner.example:443/notyours?of=us&k=%20",
        "https://Hooks.Partner.example/a/b",
        "https://xn--bcher-kva.example/",
    ],
)
def test_an_address_of_the_public_internet_is_taken(url: str) -> None:
    assert transport({"kind": "webhook", "url": url}) == TRANSPORTS["webhook"](url)
