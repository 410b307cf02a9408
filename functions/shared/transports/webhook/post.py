"""One request and the status of its answer. Nothing else of the answer is looked at or kept."""

from collections.abc import Mapping
from http.client import HTTPConnection

from functions.shared.transports.webhook.line import Line
from functions.shared.transports.webhook.target import Target


class _Request(HTTPConnection):
    """The wire format of HTTP. It opens no connection: the line is there already."""

    auto_open = 0


def post(line: Line, target: Target, headers: Mapping[str, str], body: bytes) -> int:
    """Post a body and return the status of the answer.

    A redirect is an answer like others and is not followed, and the answer's body is left unread:
    the status has said it all, and a body may be endless.

    Raises:
        Undelivered: the time is over, or the answer's head is too large.
        OSError: the connection broke.
        http.client.HTTPException: the answer is not one of HTTP.
    """
    request = _Request(target.host, target.port)
    request.sock = line
    fixed = {"Host": target.authority, "Connection": "close", "Content-Type": "application/json"}
    request.request("POST", target.path, body, {**fixed, "User-Agent": "NotYours", **headers})
    return request.getresponse().status
