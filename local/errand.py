"""A command that is run to its end, and that nobody is left working on when it is broken off."""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping

from local.children import ROOT
from local.refusal import Refusal


def errand(module: str, *arguments: str, environment: Mapping[str, str], failing: str) -> str:
    """Run `python -m module` and return what it printed.

    Raises:
        Refusal: it failed; the message is `failing`, and then what the command said.
    """
    with subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        cwd=ROOT,
        env=dict(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            said, complained = process.communicate()
        except BaseException:
            # It keeps nothing that would have to be saved, and may have started others.
            os.killpg(process.pid, signal.SIGKILL)
            raise
    if process.returncode:
        raise Refusal(f"{failing}:\n{complained.strip()}")
    return said
