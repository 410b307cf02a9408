"""`python -m local`: what the Makefile's verbs `run`, `reset` and `test` call."""

import sys

try:
    from local.command import main

    sys.exit(main())
except KeyboardInterrupt:
    # Ctrl-C before anything had started, or once more while all was stopping.
    sys.exit(0)
