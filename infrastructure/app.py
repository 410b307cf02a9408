"""The CDK app: `cdk deploy` runs it, and so does `python -m infrastructure.app` without the CLI.

Context that matters: `platform=host` builds the bundle for this machine instead of for
Lambda, and `page=DIR` names the built page when it is not `web/dist`. Neither changes a
resource. Without the CLI, context comes from the variable that the CLI itself would set:

    CDK_CONTEXT_JSON='{"platform": "host"}' python -m infrastructure.app
"""

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks

from infrastructure.bundle import CLOUD, Target, function_code, host, warn_if_uncompiled
from infrastructure.page import page_source
from infrastructure.partners import Partner, load_partners
from infrastructure.stack import NotYours

ROOT = Path(__file__).parents[1]


def build(
    outdir: Path,
    context: Mapping[str, object] | None = None,
    partners: Iterable[Partner] | None = None,
) -> cdk.App:
    """Define the app with its one stack; synthesis will write it to `outdir`.

    `context` is added to what cdk.json says; what the CLI says wins over both. `partners` are those
    of the register unless others are given.
    """
    defaults = json.loads((ROOT / "cdk.json").read_text())["context"]
    app = cdk.App(
        context={**defaults, **(context or {})}, outdir=str(outdir), analytics_reporting=False
    )
    target = _target(app)
    stack = NotYours(
        app,
        "NotYours",
        code=function_code(target),
        page=page_source(app.node.try_get_context("page")),
        partners=load_partners() if partners is None else partners,
    )
    warn_if_uncompiled(stack, target)
    return app


def judged(app: cdk.App) -> cdk.App:
    """Let synthesis fail when cdk-nag finds something that is not acknowledged."""
    cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    return app


def _target(app: cdk.App) -> Target:
    return host() if app.node.try_get_context("platform") == "host" else CLOUD


if __name__ == "__main__":
    judged(build(Path(os.environ.get("CDK_OUTDIR", ROOT / "cdk.out")))).synth()
