"""What a child process sees of the machine."""

import os
import socket
import threading
from pathlib import Path

import pytest

from local.environment import as_owner, clean
from local.errand import errand
from local.ports import HOST

NEVER = {"NO_PROXY": "127.0.0.1,localhost", "no_proxy": "127.0.0.1,localhost"}
PROXIES = ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
CALLER = """
import sys, boto3, httpx, requests
from botocore.config import Config
requests.get(sys.argv[1], timeout=5).raise_for_status()
httpx.get(sys.argv[1], timeout=5).raise_for_status()
once = Config(connect_timeout=5, read_timeout=5, retries={"total_max_attempts": 1})
keys = {"aws_access_key_id": "k", "aws_secret_access_key": "k", "region_name": "eu-north-1"}
boto3.client("s3", endpoint_url=sys.argv[1], config=once, **keys).head_bucket(Bucket="bucket")
"""


def test_nothing_that_points_to_a_real_account_gets_through() -> None:
    machine = {"AWS_PROFILE": "work", "CDK_DEFAULT_ACCOUNT": "1", "PYTHONPATH": "/x", "HOME": "/h"}

    assert clean(machine) == {"HOME": "/h"} | NEVER


@pytest.mark.parametrize("name", ["NO_PROXY", "no_proxy"])
def test_what_the_machine_reaches_without_its_proxy_stays_so(name: str) -> None:
    kept = clean({name: "example.org", "HTTPS_PROXY": "http://proxy"})

    assert kept["HTTPS_PROXY"] == "http://proxy"
    assert kept["NO_PROXY"] == kept["no_proxy"] == "127.0.0.1,localhost,example.org"


def test_no_proxy_hears_what_the_parts_tell_each_other(tmp_path: Path) -> None:
    machine = {**os.environ, **dict.fromkeys(PROXIES, "http://127.0.0.1:9")}  # nothing is there
    (tmp_path / "caller_under_test.py").write_text(CALLER)

    with socket.create_server((HOST, 0)) as other:
        address = f"http://{HOST}:{other.getsockname()[1]}"
        environment = {**clean(machine), "PYTHONPATH": str(tmp_path)}
        answering = threading.Thread(target=answer, args=(other, 3), daemon=True)
        answering.start()
        errand("caller_under_test", address, environment=environment, failing="It was not direct")
        answering.join()


def answer(server: socket.socket, times: int) -> None:
    for _ in range(times):
        connection, _ = server.accept()
        with connection:
            connection.recv(4096)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")


def test_the_owner_talks_to_the_local_cloud_and_reads_no_profile() -> None:
    environment = as_owner("http://127.0.0.1:1")

    assert environment["AWS_ENDPOINT_URL"] == "http://127.0.0.1:1"
    assert environment["AWS_CONFIG_FILE"] == "/dev/null"
