"""Only who delivers webhooks hears of receivers on this machine."""

from pathlib import Path
from typing import Any

from local.webhooks import Receivers

HERE = Receivers(("127.0.0.1:8443", "127.0.0.1:8444"), Path("/some/authority.pem"))


def function(**environment: str) -> dict[str, Any]:
    return {"Properties": {"Environment": {"Variables": environment}}}


def test_who_delivers_webhooks_is_told_where_receivers_are_and_whom_to_believe() -> None:
    template = {"Resources": {"Hook": function(WEBHOOK_SECRET_ARN="secret")}}

    assert HERE.known_to(template) == {
        "Resources": {
            "Hook": function(
                WEBHOOK_SECRET_ARN="secret",
                WEBHOOK_ALSO_REACHABLE="127.0.0.1:8443,127.0.0.1:8444",
                SSL_CERT_FILE="/some/authority.pem",
            )
        }
    }


def test_nobody_else_is_told_of_anything() -> None:
    others = {"Queue": {}, "Sqs": function(PARTNER="some"), "Bare": {"Properties": {}}}
    template = {"Resources": others}

    assert HERE.known_to(template) == {
        "Resources": {"Queue": {}, "Sqs": function(PARTNER="some"), "Bare": {"Properties": {}}}
    }


def test_without_receivers_nothing_is_altered() -> None:
    template = {"Resources": {"Hook": function(WEBHOOK_SECRET_ARN="secret")}}

    assert Receivers().known_to(template) == {
        "Resources": {"Hook": function(WEBHOOK_SECRET_ARN="secret")}
    }
