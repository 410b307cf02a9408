"""Run a module that ends when the process which started it does, however that one ended.

`python -m local.tethered MODULE [ARGUMENT ...]`, with a pipe as standard input whose other end the
starting process keeps open. The kernel closes that end when the process is gone, even when it was
killed outright, and then this one is asked to stop as if by its owner. So nothing outlives
`make run`, on Linux and on macOS alike.
"""

import os
import runpy
import signal
import sys
import threading


def main() -> None:
    """Watch standard input and become the named module."""
    threading.Thread(target=_stop_at_end_of_input, args=(sys.stdin.fileno(),), daemon=True).start()
    del sys.argv[0]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)


def _stop_at_end_of_input(descriptor: int) -> None:
    while os.read(descriptor, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
