"""Run ministack so that it ends soon after it is asked to, with its state written as always.

A partner's question to its queue stays open for up to 20 s, even when the partner is gone, and
ministack's server gives every open request 3 s before it writes the state. By then the proxy, the
only way to the functions, has answered its last caller, so there is nothing to wait for.
"""

from hypercorn.config import Config
from ministack.app import main  # type: ignore[import-untyped]

GRACE = 0.2
"""Seconds for open requests; by default it is 3."""

if __name__ == "__main__":
    Config.graceful_timeout = GRACE
    main()
