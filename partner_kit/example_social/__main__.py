"""`python -m partner_kit.example_social`: start the platform on loopback until told to stop."""

import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import uvicorn
from botocore.exceptions import BotoCoreError
from starlette.applications import Starlette
from starlette.types import Lifespan
from threatexchange.exchanges.clients.stopncii.api import StopNCIIAPI, StopNCIIEndpoint

from partner_kit.example_social.listening import Courier, Listener
from partner_kit.example_social.notifications import open_inbox
from partner_kit.example_social.platform import Platform, open_platform
from partner_kit.example_social.settings import Settings, SettingsError, read_settings
from partner_kit.example_social.site import build_site
from partner_kit.example_social.working import Worker

HOST = "127.0.0.1"
FAREWELL = 1
"""Seconds that open requests and workers get to end by themselves."""


def main() -> None:
    try:
        settings = read_settings(os.environ)
        platform = open_platform(settings.state)
        listening = _listen(settings.port)
        workers = _workers(settings, platform)
    except SettingsError as error:
        sys.exit(str(error))
    except BotoCoreError as error:  # region or endpoint missing in boto3's own environment
        sys.exit(f"The queue cannot be reached with these AWS settings: {error}")
    except OSError as error:
        sys.exit(f"Example Social cannot start: {error.strerror or error}.")
    _keep_quiet()
    sys.stdout.write(f"Example Social: http://{HOST}:{listening.getsockname()[1]}\n")
    sys.stdout.flush()
    _serve(build_site(platform, _working(workers)), listening)


def _listen(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        raise OSError(error.errno, f"port {port} is taken or not allowed") from error
    listening.listen()  # from here on nobody who read the address is refused
    return listening


def _workers(settings: Settings, platform: Platform) -> tuple[Worker, ...]:
    api = StopNCIIAPI(
        subscription_key=settings.subscription_key,
        fetch_function_key=settings.fetch_key,
        additional_function_keys={StopNCIIEndpoint.SubmitFeedback: settings.feedback_key},
        base_url_override=settings.api_url,
    )
    listener = Listener(platform, api, open_inbox(settings.queue_url), time.time)
    courier = Courier(platform, api, time.time)
    return Worker("reading the feed", listener.step), Worker("sending feedback", courier.step)


def _working(workers: Sequence[Worker]) -> Lifespan[Starlette]:
    """Let the workers live as long as the site."""

    @asynccontextmanager
    async def lifespan(_site: Starlette) -> AsyncIterator[None]:
        stop = threading.Event()
        for worker in workers:
            worker.start(stop)
        yield
        stop.set()

    return lifespan


def _serve(site: Starlette, listening: socket.socket) -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # uvicorn raises it again when it is done
    server = uvicorn.Server(
        uvicorn.Config(
            site,
            log_level="warning",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=FAREWELL,
        )
    )
    try:
        server.run(sockets=[listening])
    except KeyboardInterrupt:
        sys.exit(0)


def _keep_quiet() -> None:
    """Log what an operator can act on, and no hash."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s: %(message)s")
    logging.getLogger("urllib3").setLevel(logging.ERROR)  # it warns at each attempt
    logging.getLogger("botocore").setLevel(logging.WARNING)
    logging.getLogger().addFilter(_without_values)


def _without_values(record: logging.LogRecord) -> bool:
    """Hide what the published client logs, through the root logger: unreadable records, whole."""
    record.msg, record.args = "A record of the feed could not be read and was left out.", ()
    return True


if __name__ == "__main__":
    main()
