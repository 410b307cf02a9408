"""What a partner's receiver sees of us, and what becomes of what it answers."""

import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook

from functions.shared import transports
from functions.shared.errors import Gone, Undelivered
from functions.shared.partners import Partner
from functions.shared.transports.webhook import send
from tests.faults import refuse
from tests.receivers import HOST, Authority, listening, over_tls, receiver
from tests.rights import session
from tests.unit.transports.conftest import BODY, SECRET, TOLD, Tells


def answering(status: str, *headers: str, body: str = "") -> bytes:
    return "\r\n".join((f"HTTP/1.1 {status}", *headers, "", body)).encode()


def test_a_receiver_gets_what_it_can_verify(authority: Authority, tells: Tells) -> None:
    with receiver(authority.serves()) as server:
        send(tells(server), {"url": server.url}, TOLD)

    [(first, headers, body)] = server.requests
    assert (first, body) == ("POST /notyours?of=partner HTTP/1.1", BODY)
    assert Webhook(SECRET).verify(body, headers)["id"] == headers["webhook-id"] == "msg_1"
    assert headers["host"] == f"{HOST}:{server.port}"
    assert headers["content-type"] == "application/json"


@pytest.mark.parametrize("status", ["200 OK", "202 Accepted", "204 No Content", "299 Fine"])
def test_any_success_is_a_success(authority: Authority, tells: Tells, status: str) -> None:
    with receiver(authority.serves(), answering(status)) as server:
        send(tells(server), {"url": server.url}, TOLD)


@pytest.mark.parametrize("status", ["400 Bad", "404 Not Found", "429 Slow", "500 Oh", "503 No"])
def test_what_is_no_success_is_told_by_its_number_alone(
    authority: Authority, tells: Tells, status: str
) -> None:
    answer = answering(status, "Content-Length: 6", body="secret")
    with (
        receiver(authority.serves(), answer) as server,
        pytest.raises(Undelivered, match=f"^status {status[:3]}$"),
    ):
        send(tells(server), {"url": server.url}, TOLD)


def test_a_receiver_that_is_gone_wants_no_more(authority: Authority, tells: Tells) -> None:
    with receiver(authority.serves(), answering("410 Gone")) as server, pytest.raises(Gone):
        send(tells(server), {"url": server.url}, TOLD)


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(authority: Authority, tells: Tells, status: int) -> None:
    with receiver(authority.serves()) as other:
        answer = answering(f"{status} There", f"Location: {other.url}")
        with receiver(authority.serves(), answer) as server:
            with pytest.raises(Undelivered, match=f"status {status}"):
                send(tells(server, other), {"url": server.url}, TOLD)
            assert other.connections == 0


def test_both_secrets_sign_during_a_rotation(
    authority: Authority, tells: Tells, secret_arn: str
) -> None:
    new = "whsec_" + "b" * 40
    session().client("secretsmanager").put_secret_value(SecretId=secret_arn, SecretString=new)
    with receiver(authority.serves()) as server:
        send(tells(server), {"url": server.url}, TOLD)

    [(_, headers, body)] = server.requests
    for mine in (SECRET, new):
        Webhook(mine).verify(body, headers)


def test_without_a_secret_nothing_is_sent(authority: Authority, tells: Tells) -> None:
    with receiver(authority.serves()) as server:
        app = tells(server)
        refuse(app.secret_values.client, "GetSecretValue", "AccessDeniedException")
        lacking = tells(server, WEBHOOK_SECRET_ARN="arn:aws:secretsmanager:eu-north-1:1:secret:no")
        for without in (app, lacking):
            with pytest.raises(Undelivered, match="no secret"):
                send(without, {"url": server.url}, TOLD)
    assert server.connections == 0


def test_who_cannot_prove_its_name_hears_nothing(authority: Authority, tells: Tells) -> None:
    expired = datetime(2021, 1, 1, tzinfo=UTC)
    for context in (authority.serves("other.example"), authority.serves(not_after=expired)):
        with (
            receiver(context) as server,
            pytest.raises(Undelivered, match="certificate refused"),
        ):
            send(tells(server), {"url": server.url}, TOLD)
        assert server.requests == []


def test_an_authority_that_nobody_knows_proves_nothing(
    authority: Authority, tells: Tells, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    with receiver(authority.serves()) as server:
        app = tells(server)
        del app.env["SSL_CERT_FILE"]  # type: ignore[attr-defined]
        with pytest.raises(Undelivered, match="certificate refused"):
            send(app, {"url": server.url}, TOLD)
    assert server.requests == []


def test_nothing_is_sent_in_the_clear(tells: Tells) -> None:
    with listening(lambda line, _: line.sendall(answering("200 OK"))) as server:
        for url in (server.url.replace("https", "http"), server.url):
            with pytest.raises(Undelivered, match=r"address refused|tls failed"):
                send(tells(server), {"url": url}, TOLD)


def test_the_address_that_was_checked_is_the_one_that_is_reached(
    authority: Authority, tells: Tells
) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.2"]])
    with (
        receiver(authority.serves()) as server,
        receiver(authority.serves(), address="127.0.0.2", port=server.port) as other,
    ):
        app = tells(server)
        app.__dict__["resolve"] = lambda _: next(answers)
        send(app, {"url": server.url}, TOLD)
        assert (server.connections, other.connections) == (1, 0)
        assert next(answers) == ["127.0.0.2"]


def test_a_name_that_is_also_private_is_not_reached_at_all(
    authority: Authority, tells: Tells
) -> None:
    with receiver(authority.serves()) as server:
        app = tells(server, at=("127.0.0.1", "10.0.0.1"))
        with pytest.raises(Undelivered, match="address refused"):
            send(app, {"url": server.url}, TOLD)
    assert server.connections == 0


def test_the_next_address_is_tried_when_one_does_not_answer(
    authority: Authority, tells: Tells
) -> None:
    with receiver(authority.serves()) as server:
        near = f"127.0.0.1:{server.port},127.0.0.3:{server.port}"
        app = tells(at=("127.0.0.3", "127.0.0.1"), WEBHOOK_ALSO_REACHABLE=near)
        send(app, {"url": server.url}, TOLD)
    assert len(server.requests) == 1


def test_who_is_told_by_a_queue_loads_nothing_of_webhooks() -> None:
    program = (
        "import sys, functions.shared.transports;"
        "sys.exit(any('webhook' in name for name in sys.modules))"
    )
    subprocess.run([sys.executable, "-c", program], check=True, env=dict(os.environ))


def test_a_webhook_is_chosen_by_the_register(authority: Authority, tells: Tells) -> None:
    with receiver(authority.serves()) as server:
        partner = Partner("one", "One", {"kind": "webhook", "url": server.url})
        transports.deliver(tells(server), partner, TOLD)
    assert len(server.requests) == 1


def test_a_line_that_breaks_is_a_failure(authority: Authority, tells: Tells) -> None:
    def breaks(line: object, _: object) -> None:
        raise ConnectionResetError

    with (
        listening(over_tls(authority.serves(), breaks)) as server,
        pytest.raises(Undelivered, match=r"no http answer|connection failed|tls failed"),
    ):
        send(tells(server), {"url": server.url}, TOLD)
    with pytest.raises(Undelivered, match="connection failed"):
        send(tells(server), {"url": server.url}, TOLD)


def test_what_is_not_http_is_a_failure(authority: Authority, tells: Tells) -> None:
    with (
        receiver(authority.serves(), b"SSH-2.0-OpenSSH_9.9\r\n") as server,
        pytest.raises(Undelivered, match="no http answer"),
    ):
        send(tells(server), {"url": server.url}, TOLD)
