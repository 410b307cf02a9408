"""Items in plain values and in DynamoDB's typed form."""

from typing import Any

from boto3.dynamodb.types import TypeDeserializer, TypeSerializer

Item = dict[str, Any]
Key = tuple[str, str]
"""Partition key and sort key."""

_encode = TypeSerializer().serialize
_decode = TypeDeserializer().deserialize


def encode(item: Item) -> Any:
    """Return an item in DynamoDB's typed form."""
    return {name: _encode(value) for name, value in item.items()}


def decode(item: Any) -> Item:
    """Return a plain item: numbers as int, binary as bytes."""
    return {name: _plain(_decode(value)) for name, value in item.items()}


def encode_key(key: Key) -> Any:
    """Return a key in DynamoDB's typed form."""
    return encode({"pk": key[0], "sk": key[1]})


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {name: _plain(inner) for name, inner in value.items()}
        case list():
            return [_plain(inner) for inner in value]
        case set() | str() | bool() | None:
            return value
    return bytes(value.value) if hasattr(value, "value") else int(value)
