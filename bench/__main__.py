"""`python -m bench`, behind `make bench`: every table in one run, or those that are named."""

import argparse
import sys
from collections.abc import Callable

from bench import (
    bundle,
    cancelling,
    cold_start,
    edits,
    fidelity,
    heic,
    isolation,
    kernel,
    latency,
    main_thread,
    memory,
    pages,
    sizes,
    speed,
    standstill,
    sync,
    throughput,
    video,
    views,
)
from bench.machine import header
from local.refusal import Refusal

TABLES: dict[str, Callable[[], None]] = {
    "fidelity": fidelity.main,
    "speed": speed.main,
    "kernel": kernel.main,
    "views": views.main,
    "memory": memory.main,
    "bundle": bundle.main,
    "main-thread": main_thread.main,
    "standstill": standstill.main,
    "cancelling": cancelling.main,
    "heic": heic.main,
    "throughput": throughput.main,
    "video": video.main,
    "edits": edits.main,
    "cold-start": cold_start.main,
    "journey": latency.main,
    "sizes": sizes.main,
    "pages": pages.main,
    "sync": sync.main,
    "isolation": isolation.main,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"of {', '.join(TABLES)}")
    wanted = parser.parse_args().tables or list(TABLES)
    if unknown := set(wanted) - set(TABLES):
        parser.error(f"no such table: {', '.join(sorted(unknown))}")
    try:
        print(header(), flush=True)
        for name in wanted:
            print(flush=True)
            TABLES[name]()
    except Refusal as refusal:
        sys.exit(str(refusal))


if __name__ == "__main__":
    main()
