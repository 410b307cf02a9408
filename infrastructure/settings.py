"""What an operator may set without changing code: keys of the context in cdk.json."""

from constructs import Node

DISPUTED_AFTER = "disputed_after"
_DISPUTED_AFTER = 3
_LEAST = 2
"""One partner alone must not be able to change what the others are told."""


def disputed_after(node: Node) -> int:
    """Return how many partners must say NotBlocked until a hash is marked as disputed.

    Raises:
        ValueError: it is set to something else than a whole number from 2.
    """
    given = node.try_get_context(DISPUTED_AFTER)
    if given is None:
        return _DISPUTED_AFTER
    # The command line gives text, cdk.json a number, which jsii hands on as a float.
    text = str(given).removesuffix(".0")
    if not text.isascii() or not text.isdigit() or int(text) < _LEAST:
        raise ValueError(f"{DISPUTED_AFTER} is a whole number from {_LEAST}")
    return int(text)
