"""The signature of a webhook: the specification's, ours and the library's agree."""

import time

import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from functions.shared.errors import Undelivered
from functions.shared.notification import Notification
from functions.shared.transports.webhook.signing import signed
from tests.unit.transports.conftest import BODY, SECRET, TOLD

OTHER = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDaaaa"


def test_the_example_of_the_specification_is_signed_as_it_says() -> None:
    told = Notification("msg_p5jXN8AQM9LWM0D4loKWxJek", '{"test": 2432232314}', "")

    assert signed(told, [SECRET], 1614265330) == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


@pytest.mark.parametrize("mine", [SECRET, OTHER])
def test_during_a_rotation_either_secret_verifies(mine: str) -> None:
    headers = signed(TOLD, [SECRET, OTHER], int(time.time()))

    assert len(headers["webhook-signature"].split(" ")) == 2
    assert Webhook(mine).verify(BODY, headers)["id"] == "msg_1"


def test_a_body_that_was_changed_does_not_verify() -> None:
    headers = signed(TOLD, [SECRET], int(time.time()))

    with pytest.raises(WebhookVerificationError):
        Webhook(SECRET).verify(BODY.replace("msg_1", "msg_2"), headers)


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_c2hvcnQ=", "not base64!" * 9, "é" * 64])
def test_nothing_is_signed_with_what_is_no_secret(secret: str) -> None:
    with pytest.raises(Undelivered, match="no secret"):
        signed(TOLD, [secret], 0)
    assert signed(TOLD, [SECRET, secret], 0) == signed(TOLD, [SECRET], 0)


def test_a_secret_needs_no_prefix_and_no_padding() -> None:
    padded = "whsec_" + "A" * 35 + "="
    assert signed(TOLD, [padded], 0) == signed(TOLD, ["A" * 35], 0)
