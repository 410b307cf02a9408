"""How large items are, and how large they may be.

Source: DynamoDB's developer guide, "Item sizes and formats" and "Constraints in DynamoDB".
"""

from typing import Any

from tests.simulation.dynamodb.places import Item

LARGEST_ITEM = 400 * 1_024
LARGEST_TRANSACTION = 4 * 1_024 * 1_024


def size(item: Item) -> int:
    """Return the bytes of an item in the typed form."""
    return sum(len(name.encode()) + _value(value) for name, value in item.items())


def _value(typed: Any) -> int:
    [(kind, value)] = typed.items()
    match kind:
        case "S":
            return len(value.encode())
        case "N":
            return 1 + -(-len(value.strip("-").strip("0")) // 2)
        case "B":
            return len(value)
        case "L":
            return 3 + sum(1 + _value(each) for each in value)
        case "M":
            return 3 + sum(1 + len(name.encode()) + _value(each) for name, each in value.items())
    return 1
