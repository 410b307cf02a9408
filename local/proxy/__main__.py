"""`python -m local.proxy PLAN`: serve the distribution that the file describes."""

import sys
from pathlib import Path

import uvicorn

from local.ports import HOST
from local.proxy.app import proxy
from local.proxy.plan import ProxyPlan


def main() -> None:
    """Serve until asked to end."""
    plan = ProxyPlan.read(Path(sys.argv[1]))
    uvicorn.run(
        proxy(plan),
        host=HOST,
        port=plan.port,
        # Addresses of cases are not in URLs, and yet nobody's requests are written down.
        access_log=False,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        timeout_graceful_shutdown=3,
    )


if __name__ == "__main__":
    main()
