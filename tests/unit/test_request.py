"""Reading a body strictly."""

import base64
import gzip
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from functions.shared.errors import NotJson, TooLarge, UnsupportedMediaType
from functions.shared.request import DEEPEST, MOST_BYTES, checked, parse_json
from tests.edge import event

leaves = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text()
)
values = st.recursive(
    leaves,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


def nested(levels: int) -> str:
    """Return an object in which so many containers lie one in the other."""
    return '{"a":' * levels + "1" + "}" * levels


def depth(value: Any) -> int:
    if not isinstance(value, dict | list):
        return 0
    inner = value.values() if isinstance(value, dict) else value
    return 1 + max(map(depth, inner), default=0)


@given(st.dictionaries(st.text(), values, max_size=4))
def test_an_object_is_read_as_it_was_written(written: dict[str, Any]) -> None:
    text = json.dumps(written)
    if depth(written) <= DEEPEST:
        assert parse_json(text) == json.loads(text)
    else:
        with pytest.raises(NotJson):
            parse_json(text)


@given(values.filter(lambda value: not isinstance(value, dict)))
def test_anything_but_an_object_is_refused(value: Any) -> None:
    with pytest.raises(NotJson):
        parse_json(json.dumps(value))


@given(st.text(max_size=40))
def test_any_text_is_an_object_or_is_refused(text: str) -> None:
    try:
        parsed = parse_json(text)
    except NotJson:
        return
    assert isinstance(parsed, dict)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "{",
        "{'a': 1}",
        '{"a": 1,}',
        '{"a": 1} {}',
        '\ufeff{"a": 1}',
        '{"a": NaN}',
        '{"a": Infinity}',
        '{"a": [-Infinity]}',
        '{"a": 1, "a": 1}',
        '{"a": {"b": 1, "b": 2}}',
        '{"a": 1, "\\u0061": 2}',
        '{"a": ' + "9" * 5_000 + "}",
    ],
    ids=range(14),
)
def test_what_is_not_one_plain_object_is_refused(text: str) -> None:
    with pytest.raises(NotJson):
        parse_json(text)


@pytest.mark.parametrize("levels", [1, DEEPEST])
def test_an_object_may_be_nested_as_deep_as_ours_and_deeper(levels: int) -> None:
    assert parse_json(nested(levels)).keys() == {"a"}


@pytest.mark.parametrize("levels", [DEEPEST + 1, 100, 400, 900, 1_100, 50_000, 120_000])
def test_nesting_of_any_depth_is_refused_and_never_a_fault(levels: int) -> None:
    with pytest.raises(NotJson):
        parse_json(nested(levels))


@pytest.mark.parametrize("sent_as", ["application/json", "Application/JSON ; charset=utf-8"])
def test_json_may_be_named_in_any_case_and_with_parameters(sent_as: str) -> None:
    made = checked(event("POST", "/cases", body="{}", headers={"content-type": sent_as}))

    assert made["headers"]["content-type"] == "application/json"
    assert made["body"] == "{}"


@pytest.mark.parametrize(
    "sent_as", ["", "text/plain", "multipart/form-data", "application/jsonp", "application/xml"]
)
def test_another_media_type_is_refused(sent_as: str) -> None:
    with pytest.raises(UnsupportedMediaType):
        checked(event("POST", "/cases", body="{}", headers={"content-type": sent_as}))


@given(st.binary(max_size=80))
def test_bytes_are_text_or_are_refused(body: bytes) -> None:
    sent = event("POST", "/cases", body="{}")
    sent |= {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
    try:
        made = checked(sent)
    except (NotJson, UnsupportedMediaType):
        return
    assert made["body"].encode() == body
    assert made["isBase64Encoded"] is False


@pytest.mark.parametrize("symbol", ["a", "å", "🙂"])
@pytest.mark.parametrize("encoded", [False, True])
def test_the_limit_counts_bytes_however_they_travel(symbol: str, encoded: bool) -> None:
    width = len(symbol.encode())
    fits, over = symbol * (MOST_BYTES // width), symbol * (MOST_BYTES // width + 1)

    assert checked(_sent(fits, encoded))["body"] == fits
    with pytest.raises(TooLarge):
        checked(_sent(over, encoded))


@given(st.integers(0, 3 * MOST_BYTES))
def test_a_packed_body_is_unpacked_no_further_than_to_see_that_it_is_too_much(size: int) -> None:
    packed = base64.b64encode(gzip.compress(b" " * size, compresslevel=1)).decode()
    sent = event("POST", "/cases", body="{}") | {"body": packed, "isBase64Encoded": True}

    with pytest.raises(TooLarge if size > MOST_BYTES else UnsupportedMediaType):
        checked(sent)


@pytest.mark.parametrize("size", [0, 10, 10_000_000])
def test_a_packed_body_that_came_as_text_is_taken_for_too_much(size: int) -> None:
    text = gzip.compress(b" " * size, compresslevel=1).decode(errors="replace")

    with pytest.raises(TooLarge):
        checked(event("POST", "/cases", body=text))


def test_a_get_needs_no_body() -> None:
    sent = event("GET", "/v1/FetchHashes")

    assert checked(sent) == sent


def test_the_event_itself_stays_as_it_came() -> None:
    sent = event("POST", "/cases", body="{}", headers={"content-type": "Application/JSON"})
    before = json.dumps(sent)
    checked(sent)

    assert json.dumps(sent) == before


def _sent(text: str, encoded: bool) -> dict[str, Any]:
    body = base64.b64encode(text.encode()).decode() if encoded else text
    return event("POST", "/cases", body="{}") | {"body": body, "isBase64Encoded": encoded}
