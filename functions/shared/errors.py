"""Everything that can go wrong, as named errors. The edge turns a `Problem` into an answer."""

from typing import ClassVar


class Problem(Exception):
    """An error that a caller is told about, as RFC 9457 problem details.

    `title` and `type` are fixed per class. `field` names the offending input; nothing here ever
    quotes its value.
    """

    status: ClassVar[int]
    slug: ClassVar[str]
    title: ClassVar[str]
    retry_after: ClassVar[int | None] = None

    def __init__(self, detail: str | None = None, *, field: str | None = None) -> None:
        super().__init__(self.slug)
        self.detail = detail
        self.field = field


class NotJson(Problem):
    """The body is not one plain JSON object."""

    status, slug, title = 400, "not-json", "The body is not valid JSON"


class BadParameter(Problem):
    """A query parameter is out of range or of the wrong kind."""

    status, slug, title = 400, "bad-parameter", "A query parameter is not valid"


class UnknownCase(Problem):
    """Unknown number, wrong PIN, purged case: one answer for all of them."""

    status, slug, title = 401, "unknown-case", "No case with this number and PIN"


class UnknownKey(Problem):
    """The partner's keys are missing, unknown or revoked."""

    status, slug, title = 401, "unknown-key", "The keys are missing or not known"


class WrongEndpointKey(Problem):
    """The function key belongs to another endpoint."""

    status, slug, title = 403, "wrong-endpoint-key", "The key is for another endpoint"


class NotFound(Problem):
    """There is no such route."""

    status, slug, title = 404, "not-found", "There is nothing here"


class MethodNotAllowed(Problem):
    """The route exists for another method."""

    status, slug, title = 405, "method-not-allowed", "This method is not allowed here"


class NumberTaken(Problem):
    """Another case has this number; the browser draws a new one."""

    status, slug, title = 409, "number-taken", "This case number is taken"


class CaseWithdrawn(Problem):
    """Nothing can be added to a withdrawn case."""

    status, slug, title = 409, "case-withdrawn", "This case has been withdrawn"


class TooLarge(Problem):
    """The body is over the limit."""

    status, slug, title = 413, "too-large", "The body is too large"


class UnsupportedMediaType(Problem):
    """The body is not sent as JSON."""

    status, slug, title = 415, "unsupported-media-type", "Send application/json"


class InvalidRequest(Problem):
    """The JSON is well formed and means nothing valid."""

    status, slug, title = 422, "invalid-request", "The request is not valid"


class LowInformation(InvalidRequest):
    """A hash that would match almost anything."""

    slug, title = "low-information", "The picture is too plain to be found again"


class DifferentBody(Problem):
    """The same case number and PIN came before with another content."""

    status, slug, title = 422, "different-body", "This case was sent before with other content"


class Unexpected(Problem):
    """A fault of ours."""

    status, slug, title = 500, "unexpected", "Something went wrong on our side"


class TryAgain(Problem):
    """Nothing acknowledged was lost; the same request may be sent again."""

    status, slug, title = 503, "try-again", "Too busy for a moment"
    retry_after = 2


class TooManySets(Exception):
    """A partner has as many sets of keys as it may. Nothing was written."""


class NotDisputed(Exception):
    """No dispute was ever about this hash, so there is nothing to decide."""


class Conflict(Exception):
    """Another write touched the same item in the same moment. Nothing was written."""


class Undelivered(Exception):
    """A partner's side did not take a notification; it is tried again.

    `reason` is one of our own words and never what the other side said.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Gone(Exception):
    """A partner's side said that it wants no more notifications."""
