"""The programs in docs/partners.md do what the document says of them."""

import json
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest
import uvicorn
from moto import mock_aws
from standardwebhooks import Webhook

from functions.shared.app import App
from functions.shared.bank import unpublished
from functions.shared.errors import Undelivered
from functions.shared.events import events
from functions.shared.log import Segment
from functions.shared.notification import Notification
from functions.shared.partners import Partner
from functions.shared.signals import parse
from functions.shared.transports import deliver
from tests.people import pdq
from tests.receivers import HOST, LOCALHOST, Authority
from tests.rights import session

REGION = "eu-north-1"
SECRET = "whsec_" + "a" * 64
DOCUMENT = Path(__file__).parents[2] / "docs" / "partners.md"
HEARD = {"4_9JOPVliYG0B35KzMNnDw": 3}


def example(name: str) -> ModuleType:
    """Run the program of this name that the document shows."""
    blocks = re.findall(r"```python\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)
    [text] = [block for block in blocks if block.startswith(f'"""{name}.py: ')]
    module = ModuleType(name)
    exec(compile(text, f"{name}.py", "exec"), module.__dict__)  # noqa: S102 - it is what we test
    return module


def shown() -> Notification:
    """Return the notification that the document shows."""
    text = DOCUMENT.read_text(encoding="utf-8").partition("## Being told")[2]
    body = re.findall(r"```json\n(.*?)```", text, re.DOTALL)[0]
    return Notification("msg_000000000007_ImagePDQ", body, "ImagePDQ")


@pytest.fixture(autouse=True)
def _aws() -> Iterator[None]:
    with mock_aws():
        yield


def test_a_queue_is_read_as_the_document_says(monkeypatch: pytest.MonkeyPatch) -> None:
    sqs = session().client("sqs", REGION)
    url = sqs.create_queue(QueueName="inbox")["QueueUrl"]
    monkeypatch.setenv("NOTYOURS_QUEUE_URL", url)
    arn = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    partner = Partner("one", "One", {"kind": "sqs", "queue_arn": arn["QueueArn"]})
    consumer = example("consumer")

    deliver(App({}, session().client), partner, shown())
    consumer.listen(seconds=0)

    assert consumer.versions == HEARD
    left = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    counts = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=left)["Attributes"]  # type: ignore[arg-type]
    assert set(counts.values()) == {"0"}


def test_a_topic_is_subscribed_to_as_the_document_says(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    topic = session().client("sns", REGION).create_topic(Name="out")["TopicArn"]
    monkeypatch.setenv("NOTYOURS_TOPIC_ARN", topic)
    example("subscribe")
    monkeypatch.setenv("NOTYOURS_QUEUE_URL", capsys.readouterr().out.strip())
    partner = Partner("one", "One", {"kind": "sns", "account": "111122223333"})
    app, consumer = App({"OUT_TOPIC_ARN": topic}, session().client), example("consumer")

    told = shown()
    deliver(app, partner, Notification("msg_1", told.body.replace("4_9", "5_0"), "VideoMD5"))
    deliver(app, partner, told)
    consumer.listen(seconds=0)

    assert consumer.versions == HEARD


def test_a_webhook_is_received_as_the_document_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NOTYOURS_WEBHOOK_SECRET", SECRET)
    arn = session().client("secretsmanager").create_secret(Name="told", SecretString=SECRET)["ARN"]
    authority, receiver = Authority.in_folder(tmp_path), example("receiver")
    with served(receiver, authority.certificate()) as port:
        app = App(
            {
                "WEBHOOK_SECRET_ARN": arn,
                "WEBHOOK_ALSO_REACHABLE": f"{LOCALHOST}:{port}",
                "SSL_CERT_FILE": str(authority.file),
            },
            session().client,
            resolve=lambda _: [LOCALHOST],
        )
        url = f"https://{HOST}:{port}/notyours"
        partner = Partner("one", "One", {"kind": "webhook", "url": url})

        deliver(app, partner, shown())
        assert receiver.versions == HEARD
        assert receiver.news.is_set()

        receiver.news.clear()
        deliver(app, partner, shown())
        assert not receiver.news.is_set()

        monkeypatch.setattr(receiver, "webhook", Webhook("whsec_" + "b" * 64))
        with pytest.raises(Undelivered, match="status 401"):
            deliver(app, partner, shown())


@contextmanager
def served(module: ModuleType, certificate: Path) -> Iterator[int]:
    """Serve the program's `app` with TLS; gives the port."""
    config = uvicorn.Config(module.app, ssl_certfile=str(certificate), log_config=None)
    server = uvicorn.Server(config)
    with socket.create_server((LOCALHOST, 0)) as listener:
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


def test_what_the_document_shows_has_the_fields_of_what_is_sent() -> None:
    item = unpublished(parse("ImagePDQ", pdq(0)), "4_9JOPVliYG0B35KzMNnDw", 0)
    [sent] = events(Segment(7, 1795350789, 1, ((item.id, 3),)), {item.id: item})
    assert json.loads(sent.body) == json.loads(shown().body)
    assert sent.id == shown().id
