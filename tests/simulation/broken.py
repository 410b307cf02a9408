"""What a schedule found to be untrue, by the name of the invariant."""


class Broken(AssertionError):
    """An invariant does not hold."""

    def __init__(self, invariant: str, what: str) -> None:
        super().__init__(f"{invariant}: {what}")
        self.invariant = invariant


def holds(truth: object, invariant: str, what: str) -> None:
    """Check that something is so.

    Raises:
        Broken: it is not.
    """
    if not truth:
        raise Broken(invariant, what)
