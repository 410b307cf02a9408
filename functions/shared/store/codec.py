"""Items in plain values and in DynamoDB's typed form."""

from decimal import Decimal
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
    """Return a plain item: numbers as int (what is not whole, as Decimal), binary as bytes.

    Written out, for a page of the feed decodes thousands of values and boto3's way takes longer
    than all else that we do with them.
    """
    return {name: _plain(value) for name, value in item.items()}


def encode_key(key: Key) -> Any:
    """Return a key in DynamoDB's typed form."""
    return {"pk": {"S": key[0]}, "sk": {"S": key[1]}}


def _plain(typed: Any) -> Any:
    [(kind, value)] = typed.items()
    match kind:
        case "S" | "BOOL":
            return value
        case "N":
            return _number(value)
        case "M":
            return {name: _plain(inner) for name, inner in value.items()}
        case "L":
            return [_plain(inner) for inner in value]
        case "B":
            return bytes(value)
    return _decode(typed)  # nothing, or a set: we write none, but who mends a row by hand may


def _number(number: str) -> int | Decimal:
    """Return a number as it is stored: a fraction, which we never write, stays what it is."""
    try:
        return int(number)
    except ValueError:
        return Decimal(number)
