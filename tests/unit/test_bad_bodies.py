"""The catalogue of bad bodies: each gets its answer, none is quoted, none is stored."""

import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from functions.shared.models import MOST_SIGNALS_A_CHUNK, NewSignal
from functions.shared.request import MOST_BYTES
from tests.edge import HANDLERS, Edge, Reply, event
from tests.faults import record_calls
from tests.people import NUMBER, PIN, new_case, pdq
from tests.world import world

CREDENTIALS = {"number": NUMBER, "pin": PIN}
NEW_CASE: dict[str, Any] = new_case(2).model_dump(exclude_none=True)
FEEDBACK: dict[str, Any] = {
    "count": 1,
    "hashFeedbacks": [{"hashValue": pdq(0), "feedbackValue": "Blocked", "tags": []}],
}
HASHES: dict[str, Any] = {
    "count": 1,
    "hashRecords": [{"signalType": "ImagePDQ", "hashValue": pdq(0), "CSPFeedbacks": []}],
}
GOOD: dict[str, dict[str, Any]] = {
    "/cases": NEW_CASE,
    "/cases/status": CREDENTIALS,
    "/cases/withdraw": CREDENTIALS,
    "/v1/SubmitHashes": HASHES,
    "/v1/SubmitFeedback": FEEDBACK,
}
PUBLIC = ("/cases", "/cases/status", "/cases/withdraw")

SECRET = "canary-9f8e7d6c5b4a"

UNREADABLE = {
    "empty": "",
    "a word": SECRET,
    "a list": f'["{SECRET}"]',
    "a string": f'"{SECRET}"',
    "null": "null",
    "a byte order mark": "\ufeff{}",
    "a repeated key": f'{{"pin": "1", "pin": "{SECRET}"}}',
    "not a number": '{"pin": NaN}',
    "infinity": '{"pin": -Infinity}',
    "deep nesting": '{"a":' * 400 + "1" + "}" * 400,
    "a number of 5,000 digits": f'{{"pin": {"9" * 5_000}}}',
}


@pytest.fixture(scope="module")
def edge() -> Iterator[Edge]:
    """Return one edge for the whole catalogue; none of it may leave anything behind."""
    with world() as made, pytest.MonkeyPatch.context() as patch:
        yield Edge(made, patch)
        assert made.items("cases") == []
        assert {item["pk"]["S"].partition("#")[0] for item in made.items("bank")} == {"key", "keys"}


def post(edge: Edge, path: str, body: Any, **sent: Any) -> Reply:
    """POST with a partner's keys where keys are asked for, and see that nothing comes back."""
    keys = {} if path in PUBLIC else edge.keys(path.rpartition("/")[2])
    reply = edge.post(path, body, headers=keys | sent.pop("headers", {}), **sent)
    text = body if isinstance(body, str) else json.dumps(body)
    names = set(re.findall(r'"(\w+)":', json.dumps(GOOD))) | set(NewSignal.model_fields)
    for word in set(re.findall(r"[^\s\"{}\[\],:]{6,}", text)) - names:
        assert word not in reply.text, "an answer never quotes what was sent"
    return reply


@pytest.mark.parametrize("path", GOOD)
@pytest.mark.parametrize("name", UNREADABLE)
def test_what_is_not_one_plain_json_object_is_a_bad_request(
    edge: Edge, path: str, name: str
) -> None:
    reply = post(edge, path, UNREADABLE[name])

    assert (reply.status, reply.problem) == (400, "not-json")


@pytest.mark.parametrize("path", GOOD)
@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "latin-1"])
def test_another_encoding_than_utf_8_is_a_bad_request(edge: Edge, path: str, encoding: str) -> None:
    body = json.dumps(GOOD[path] | {"name": "å"}, ensure_ascii=False).encode(encoding)
    reply = post(edge, path, body.decode("latin-1"), encoded=True)

    assert (reply.status, reply.problem) == (400, "not-json")


@pytest.mark.parametrize("path", GOOD)
@pytest.mark.parametrize("named", [{"content-encoding": "gzip"}, {}], ids=["named", "unnamed"])
def test_a_compressed_body_that_is_a_bomb_is_too_large(
    edge: Edge, path: str, named: dict[str, str]
) -> None:
    bomb = gzip.compress(b" " * 10_000_000 + json.dumps(GOOD[path]).encode(), mtime=0)
    reply = post(edge, path, bomb.decode("latin-1"), encoded=True, headers=named)

    assert (reply.status, reply.problem) == (413, "too-large")


@pytest.mark.parametrize("path", GOOD)
@pytest.mark.parametrize("cut", [None, 20], ids=["whole", "cut short"])
def test_any_other_compressed_body_is_not_supported(edge: Edge, path: str, cut: int | None) -> None:
    packed = gzip.compress(json.dumps(GOOD[path]).encode(), mtime=0)[:cut]
    reply = post(edge, path, packed.decode("latin-1"), encoded=True)

    assert (reply.status, reply.problem) == (415, "unsupported-media-type")


@pytest.mark.parametrize("encoding", ["br", "deflate", "zstd", "gzip, gzip"])
def test_a_body_that_is_said_to_be_packed_is_not_supported(edge: Edge, encoding: str) -> None:
    reply = post(edge, "/cases/status", CREDENTIALS, headers={"content-encoding": encoding})

    assert (reply.status, reply.problem) == (415, "unsupported-media-type")


@pytest.mark.parametrize("path", GOOD)
@pytest.mark.parametrize(
    "media_type", ["text/plain", "multipart/form-data; boundary=x", "application/xml", ""]
)
def test_another_media_type_is_not_supported(edge: Edge, path: str, media_type: str) -> None:
    reply = post(edge, path, GOOD[path], headers={"content-type": media_type})

    assert (reply.status, reply.problem) == (415, "unsupported-media-type")


@pytest.mark.parametrize("path", GOOD)
def test_a_body_over_the_limit_is_too_large(edge: Edge, path: str) -> None:
    reply = post(edge, path, GOOD[path] | {"filler": "x" * MOST_BYTES})

    assert (reply.status, reply.problem) == (413, "too-large")


def with_signal(**fields: Any) -> dict[str, Any]:
    """Return a case whose second signal is changed."""
    good = NEW_CASE["signals"][0]
    return NEW_CASE | {"signals": [good, good | {"value": pdq(1)} | fields]}


def without(body: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in body.items() if key != name}


MEANINGLESS: list[tuple[str, dict[str, Any], str | None]] = [
    ("an unknown field", NEW_CASE | {SECRET: SECRET}, None),
    ("a picture", NEW_CASE | {"image": "data:image/png;base64," + SECRET}, None),
    ("a file name", with_signal(fileName=SECRET + ".jpg"), "signals.1"),
    ("no number", without(NEW_CASE, "number"), "number"),
    ("no signals", without(NEW_CASE, "signals"), "signals"),
    ("signals that are no list", NEW_CASE | {"signals": SECRET}, "signals"),
    ("signals that are an object", NEW_CASE | {"signals": {SECRET: SECRET}}, "signals"),
    ("an empty list of signals", NEW_CASE | {"signals": []}, "signals"),
    (
        "more signals than a chunk holds",
        NEW_CASE | {"signals": NEW_CASE["signals"] * MOST_SIGNALS_A_CHUNK},
        "signals",
    ),
    ("a signal that is a string", NEW_CASE | {"signals": [SECRET]}, "signals.0"),
    ("63 digits", with_signal(value=pdq(1)[1:]), "value"),
    ("65 digits", with_signal(value=pdq(1) + "0"), "value"),
    ("no hex", with_signal(value="g" + pdq(1)[1:]), "value"),
    ("fullwidth digits", with_signal(value="\uff11" * 64), "value"),
    ("a null byte", with_signal(value="\0" + pdq(1)[1:]), "value"),
    ("half a character", with_signal(value="\ud800" + pdq(1)[1:]), "signals.1.value"),
    ("a value of 10 KB", with_signal(value="a" * 10_000), "signals.1.value"),
    ("an MD5 as PDQ", with_signal(value="d41d8cd98f00b204e9800998ecf8427e"), "value"),
    ("an unknown type", with_signal(type="VideoTMK"), "type"),
    ("a type that is a number", with_signal(type=1), "signals.1.type"),
    ("quality 49", with_signal(quality=49), "quality"),
    ("quality 101", with_signal(quality=101), "signals.1.quality"),
    ("quality as text", with_signal(quality="50"), "signals.1.quality"),
    ("quality 49.5", with_signal(quality=49.5), "signals.1.quality"),
    ("quality 50.0", with_signal(quality=50.0), "signals.1.quality"),
    ("quality true", with_signal(quality=True), "signals.1.quality"),
    ("an unknown variant", with_signal(variant=SECRET), "variant"),
    ("an empty variant", with_signal(variant=""), "variant"),
    ("a variant of 10 KB", with_signal(variant="a" * 10_000), "signals.1.variant"),
    ("a variant that is a number", with_signal(variant=1), "signals.1.variant"),
    ("reduced false", with_signal(reduced=False), "signals.1.reduced"),
    ("reduced 1", with_signal(reduced=1), "signals.1.reduced"),
    ("reduced as text", with_signal(reduced="true"), "signals.1.reduced"),
    ("a total of 0", NEW_CASE | {"total": 0}, "total"),
    ("a total of 10^9", NEW_CASE | {"total": 10**9}, "total"),
    ("a total below what is sent", NEW_CASE | {"total": 1}, "signals"),
    ("a negative offset", NEW_CASE | {"offset": -1}, "offset"),
    ("a chunk before the first", NEW_CASE | {"offset": 1, "total": 3}, "offset"),
    ("a wrong check symbol", NEW_CASE | {"number": NUMBER[:-1] + "0"}, "number"),
    ("a number of 19 symbols", NEW_CASE | {"number": NUMBER[:-1]}, "number"),
    ("a number of 10 KB", NEW_CASE | {"number": NUMBER * 500}, "number"),
    ("a number that is an int", NEW_CASE | {"number": 12345678}, "number"),
    ("a number that is a list", NEW_CASE | {"number": [NUMBER]}, "number"),
    ("a PIN of 7 digits", NEW_CASE | {"pin": PIN[1:]}, "pin"),
    ("a PIN with a letter", NEW_CASE | {"pin": "4071826a"}, "pin"),
    ("a PIN of fullwidth digits", NEW_CASE | {"pin": "\uff11" * 8}, "pin"),
    ("a PIN that is an int", NEW_CASE | {"pin": 40718263}, "pin"),
]


@pytest.mark.parametrize(("name", "body", "field"), MEANINGLESS, ids=lambda it: str(it)[:40])
def test_a_case_that_means_nothing_valid_names_the_field_at_fault(
    edge: Edge, name: str, body: dict[str, Any], field: str | None
) -> None:
    asked = record_calls(edge.world.app_for("create_case.handler").mac.client)
    reply = post(edge, "/cases", body)

    assert (reply.status, reply.problem) == (422, "invalid-request")
    assert reply.json.get("field") == field
    if field in ("number", "pin", "value", "variant"):
        assert asked == [], "no PIN is stretched for a body that means nothing"


@pytest.mark.parametrize(("bits", "name"), [(0, "blank"), (95, "plain"), (161, "noisy"), (256, "")])
def test_a_hash_that_would_match_anything_is_refused(edge: Edge, bits: int, name: str) -> None:
    reply = post(edge, "/cases", with_signal(value=f"{(1 << bits) - 1:064x}"))

    assert (reply.status, reply.problem) == (422, "low-information")


@pytest.mark.parametrize("path", ["/cases/status", "/cases/withdraw"])
@pytest.mark.parametrize(
    "change",
    [
        {"number": NUMBER[:-1] + "0"},
        {"number": SECRET},
        {"number": NUMBER * 500},
        {"number": 12345678},
        {"number": [NUMBER]},
        {"number": None},
        {"pin": 40718263},
        {"pin": [PIN]},
        {"pin": "4" * 10_000},
        {"remember": SECRET},
    ],
    ids=lambda change: str(change)[:40],
)
def test_what_cannot_be_credentials_costs_nothing(
    edge: Edge, path: str, change: dict[str, Any]
) -> None:
    app = edge.world.app_for(HANDLERS["POST", path])
    asked = record_calls(app.mac.client), record_calls(app.store.client)
    reply = post(edge, path, CREDENTIALS | change)

    assert (reply.status, reply.problem) == (422, "invalid-request")
    assert asked == ([], [])


PARTNERS: list[tuple[str, dict[str, Any]]] = [
    ("/v1/SubmitHashes", HASHES | {"count": 2}),
    ("/v1/SubmitHashes", HASHES | {"count": SECRET}),
    ("/v1/SubmitHashes", HASHES | {"hashRecords": None}),
    ("/v1/SubmitHashes", {"count": 1_001, "hashRecords": HASHES["hashRecords"] * 1_001}),
    ("/v1/SubmitHashes", {"count": 1, "hashRecords": [{"hashValue": SECRET}]}),
    ("/v1/SubmitHashes", {"count": 1, "hashRecords": [{"signalType": [], "hashValue": SECRET}]}),
    ("/v1/SubmitFeedback", FEEDBACK | {"count": 0}),
    ("/v1/SubmitFeedback", without(FEEDBACK, "count")),
    ("/v1/SubmitFeedback", {"count": 1, "hashFeedbacks": [{"hashValue": SECRET}]}),
    ("/v1/SubmitFeedback", {"count": 1, "hashFeedbacks": [SECRET]}),
]


@pytest.mark.parametrize(("path", "body"), PARTNERS, ids=lambda it: str(it)[:60])
def test_a_partners_list_of_another_shape_is_refused_whole(
    edge: Edge, path: str, body: dict[str, Any]
) -> None:
    reply = post(edge, path, body)

    assert (reply.status, reply.problem) == (422, "invalid-request")


@pytest.mark.parametrize(
    ("handler", "method", "path"),
    [
        ("create_case.handler", "GET", "/cases"),
        ("create_case.handler", "TRACE", "/cases"),
        ("create_case.handler", "DELETE", "/cases"),
        ("create_case.handler", "GET", f"/cases/{NUMBER}"),
        ("status.handler", "GET", f"/cases/status/{NUMBER}"),
        ("withdraw.handler", "PUT", "/cases/withdraw"),
    ],
)
def test_there_is_nothing_at_another_method_or_path(
    edge: Edge, handler: str, method: str, path: str
) -> None:
    reply = edge.send(handler, event(method, path))

    assert (reply.status, reply.problem) == (404, "not-found")
    assert NUMBER not in reply.text
