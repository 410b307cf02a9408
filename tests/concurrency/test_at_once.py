"""Writers, sequencers and readers in real processes and threads, over the same few hashes."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest

from functions.partner_sync.fetch_hashes import fetch_hashes
from functions.partner_sync.sequence import sequence
from functions.shared.app import App
from functions.shared.store import Store
from infrastructure import schema
from local.cloud import Cloud
from local.environment import CREDENTIALS, REGION
from local.folder import Folder
from local.parts import start_cloud
from local.ports import HOST, Ports
from tests.world import CHEAP, body_of

WRITERS, SEQUENCERS, READERS = 3, 3, 3
SECONDS = 8.0


@dataclass(frozen=True)
class Emulated:
    """Tables, a key and a topic at a local AWS of their own, and how to reach them."""

    cloud: Cloud
    env: dict[str, str]

    def app(self) -> App:
        """Return an App of this process."""
        return App(self.env, lambda service, region=None: self.cloud.client(service), kdf=CHEAP)


@pytest.fixture(scope="module")
def emulated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulated]:
    """Return a local AWS with nothing but what the sequencer and the handlers use."""
    folder = Folder(tmp_path_factory.mktemp("at-once"))
    with folder.held():
        ports = Ports.unused()
        cloud = Cloud(f"http://{HOST}:{ports.cloud}")
        child = start_cloud(ports.cloud, folder, enforce_roles=False)
        try:
            child.wait_for(cloud.ready)
            yield Emulated(cloud, _furnished(cloud))
        finally:
            child.stop()


def _furnished(cloud: Cloud) -> dict[str, str]:
    keys = (schema.PARTITION_KEY, "HASH"), (schema.SORT_KEY, "RANGE")
    for table in schema.TABLES:
        cloud.client("dynamodb").create_table(
            TableName=table.name,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[{"AttributeName": name, "KeyType": kind} for name, kind in keys],
            AttributeDefinitions=[
                {"AttributeName": name, "AttributeType": "S"} for name, _ in keys
            ],
        )
    key = cloud.client("kms").create_key(KeySpec="HMAC_256", KeyUsage="GENERATE_VERIFY_MAC")
    tables = {f"{table.name.upper()}_TABLE": table.name for table in schema.TABLES}
    return tables | {
        "MAC_KEY": key["KeyMetadata"]["KeyId"],
        "TOPIC_ARN": cloud.client("sns").create_topic(Name="bank")["TopicArn"],
    }


def test_whoever_writes_sequences_and_reads_at_once_all_end_with_the_same(
    emulated: Emulated,
) -> None:
    processes = [_start(emulated, "write", seed) for seed in range(WRITERS)]
    processes += [_start(emulated, "sequence", seed) for seed in range(SEQUENCERS)]
    with ThreadPoolExecutor(READERS) as pool:
        readers = [pool.submit(_read, emulated.app(), size, processes) for size in (1, 3, 800)]
        told = [process.communicate()[0] for process in processes]
        assert [process.returncode for process in processes] == [0] * len(processes)
        sequence(emulated.app())
        kept = [reader.result() for reader in readers]
    cases = [case for each in told[:WRITERS] for case in json.loads(each)]

    assert len(cases) > WRITERS
    _check_log(emulated)
    active = {one for case in cases if not case["withdrawn"] for one in case["hashes"]}
    seen = [_active(emulated, records, checkpoint) for records, checkpoint in kept]
    assert [set(each) for each in seen] == [active] * READERS
    assert seen[0] == seen[1] == seen[2]


def _active(emulated: Emulated, records: dict[str, Any], checkpoint: int) -> dict[str, int]:
    """Return the versions of what a reader knows as active, once it has read to the end."""
    records |= _run(emulated.app(), 800, checkpoint)[0]
    return {
        value: one["version"] for value, one in records.items() if one["hashStatus"] == "Active"
    }


def _check_log(emulated: Emulated) -> None:
    store = emulated.app().store
    assert store.outbox.oldest(1) == []
    segments = list(store.log.segments(1, store.log.tail().number))
    assert [segment.number for segment in segments] == list(range(1, len(segments) + 1))
    times = [segment.ts for segment in segments]
    assert times == sorted(times)
    logged = {change for segment in segments for change in segment.changes}
    items = _items(emulated, store)
    for item in items:
        assert {(item.id, version + 1) for version in range(item.version)} <= logged
    signals = [item.signal for item in items]
    assert len(set(signals)) == len(signals), "a value has one hash"


def _items(emulated: Emulated, store: Store) -> list[Any]:
    pages = emulated.cloud.client("dynamodb").get_paginator("scan")
    found = pages.paginate(TableName=schema.BANK.name)
    stored = [item for page in found for item in page["Items"] if item["sk"]["S"] == "hash"]
    return list(store.bank.by_id(item["id"]["S"] for item in stored).values())


def _start(emulated: Emulated, role: str, seed: int) -> "subprocess.Popen[str]":
    environment = os.environ | CREDENTIALS | emulated.env
    environment |= {
        "AWS_ENDPOINT_URL": emulated.cloud.endpoint,
        "AWS_DEFAULT_REGION": REGION,
        "POWERTOOLS_METRICS_DISABLED": "true",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "tests.concurrency.actors", role, str(seed), str(SECONDS)],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )


def _read(app: App, size: int, others: "list[subprocess.Popen[str]]") -> tuple[Any, int]:
    """Read on for as long as the others act; return the records and the checkpoint."""
    records: dict[str, Any] = {}
    checkpoint = 10
    while any(process.poll() is None for process in others):
        more, checkpoint = _run(app, size, checkpoint)
        records |= more
    return records, checkpoint


def _run(app: App, size: int, start: int) -> tuple[dict[str, Any], int]:
    records: dict[str, Any] = {}
    token, resume = "", start
    while True:
        page = body_of(fetch_hashes("example-social", start, size, token, app))
        assert page["nextSetTimestamp"] >= resume
        records |= {one["hashValue"]: one for one in page["hashRecords"]}
        token, resume = page["nextPageToken"], page["nextSetTimestamp"]
        if not page["hasMoreRecords"]:
            return records, resume
