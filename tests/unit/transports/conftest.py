"""A partner with a webhook: its secret with us, and an authority for its certificates."""

import time
from collections.abc import Callable, Iterator

import pytest
from moto import mock_aws

from functions.shared.app import App
from functions.shared.notification import Notification
from tests.receivers import LOCALHOST, Authority, Server
from tests.rights import session

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
BODY = '{"type":"bank.changed","id":"msg_1","changes":[]}'
TOLD = Notification("msg_1", BODY, "ImagePDQ")

Tells = Callable[..., App]


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    """Return who vouches for the receivers of these tests."""
    return Authority.in_folder(tmp_path_factory.mktemp("authority"))


@pytest.fixture
def secret_arn() -> Iterator[str]:
    """Return the secret that a partner shares with us."""
    with mock_aws():
        made = session().client("secretsmanager").create_secret(Name="told", SecretString=SECRET)
        yield made["ARN"]


@pytest.fixture
def tells(authority: Authority, secret_arn: str) -> Tells:
    """Return Apps that reach these servers, each name being at these addresses."""

    def app(*servers: Server, at: tuple[str, ...] = (LOCALHOST,), **more: str) -> App:
        env = {
            "WEBHOOK_SECRET_ARN": secret_arn,
            "WEBHOOK_ALSO_REACHABLE": ",".join(f"{LOCALHOST}:{one.port}" for one in servers),
            "SSL_CERT_FILE": str(authority.file),
        }
        return App(env | more, session().client, clock=time.time, resolve=lambda _: at)

    return app
