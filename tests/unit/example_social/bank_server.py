"""A small hash bank on loopback that speaks the v1 wire as a partner sees it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

SUBSCRIPTION = "subscription-key-0001"
KEYS = {"FetchHashes": "fetch-key-0001", "SubmitFeedback": "feedback-key-0001"}
FULL = 10

Record = dict[str, Any]


@dataclass
class Bank:
    """What the bank holds, what it was told, and how it answers. Tests change it freely."""

    page_size: int = 800
    refuse: dict[str, int] = field(default_factory=dict)
    """endpoint -> status that it answers with instead"""
    pages_left: int | None = None
    """how many more pages are served before FetchHashes is refused"""
    records: dict[tuple[str, str], Record] = field(default_factory=dict)
    feedback: list[tuple[str, str]] = field(default_factory=list)
    told: threading.Event = field(default_factory=threading.Event)
    instead: dict[str, Any] | None = None
    """a page that is served whatever was asked"""
    url: str = ""

    def say(
        self,
        value: str,
        at: int,
        status: str = "Active",
        kind: str = "ImagePDQ",
        cases: tuple[str, ...] = ("case-1",),
        former: tuple[str, ...] = (),
    ) -> None:
        self.records[kind, value] = {
            "lastModtimestamp": at,
            "signalType": kind,
            "hashValue": value,
            "hashStatus": status,
            "caseNumbers": dict.fromkeys(cases, status) | dict.fromkeys(former, "Withdrawn"),
            "CSPFeedbacks": [],
            "hashId": "a field that v1 does not know",
            "version": at,
        }

    def answers_on(self, value: str) -> list[str]:
        return [feedback for told, feedback in self.feedback if told == value]

    def fetch(self, start: int, token: str | None = None) -> dict[str, Any]:
        changed = sorted(
            (record["lastModtimestamp"], record["hashValue"], record)
            for record in self.records.values()
            if record["lastModtimestamp"] >= start
            and not (start == FULL and record["hashStatus"] == "Withdrawn")
        )
        after = [one for one in changed if token is None or _place(start, one) > token]
        page = after[: self.page_size]
        return {
            "count": len(page),
            "hashRecords": [record for _, _, record in page],
            "hasMoreRecords": len(after) > len(page),
            "nextPageToken": _place(start, page[-1]) if page else token,
            "nextSetTimestamp": page[-1][0] if page else start,
        }


def _place(start: int, one: tuple[int, str, Record]) -> str:
    """Where a page ended. As with any bank, it is of use only in the run it was given for."""
    return f"{start}:{one[0]:010}{one[1]}"


@contextmanager
def serve(bank: Bank) -> Iterator[Bank]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(bank))
    bank.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield bank
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _handler(bank: Bank) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = {
                name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()
            }
            if self._admitted("FetchHashes"):
                token = asked.get("nextPageToken")
                start = int(asked["startTimestamp"])
                if token and not token.startswith(f"{start}:"):
                    return self._answer(400, {"title": "a token of another run", "status": 400})
                self._answer(200, bank.instead or bank.fetch(start, token))
            return None

        def do_POST(self) -> None:
            told = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if self._admitted("SubmitFeedback"):
                items = told["hashFeedbacks"]
                bank.feedback += [(item["hashValue"], item["feedbackValue"]) for item in items]
                bank.told.set()
                self._answer(200, {"accepted": len(items)})

        def _admitted(self, endpoint: str) -> bool:
            known = (
                self.headers.get("Ocp-Apim-Subscription-Key") == SUBSCRIPTION
                and self.headers.get("x-functions-key") == KEYS[endpoint]
            )
            status = bank.refuse.get(endpoint, 200) if known else 401
            if endpoint == "FetchHashes" and bank.pages_left is not None and status == 200:
                status = 200 if bank.pages_left > 0 else 403
                bank.pages_left -= 1
            if status != 200:
                self._answer(status, {"title": "refused", "status": status})
            return status == 200

        def _answer(self, status: int, body: object) -> None:
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
