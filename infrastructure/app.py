"""The CDK app: `cdk deploy` runs it, and so does `python -m infrastructure.app` without the CLI.

Context that matters: `platform=host` builds the bundle for this machine instead of for
Lambda, and `page=DIR` names the built page when it is not `web/dist`. Neither changes a
resource. Without the CLI, context comes from the variable that the CLI itself would set:

    CDK_CONTEXT_JSON='{"platform": "host"}' python -m infrastructure.app
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

# jsii warns about the end of life of Node 20, which the project supports; every import of
# aws_cdk starts jsii, so this has to come first.
os.environ.setdefault("JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION", "20")

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks

from infrastructure.bundle import CLOUD, Target, function_code, host
from infrastructure.page import page_source
from infrastructure.partners import load_partners
from infrastructure.stack import NotYours

ROOT = Path(__file__).parents[1]


def build(context: Mapping[str, object] | None = None, outdir: str | None = None) -> cdk.App:
    """The app with its one stack, checked by cdk-nag when it is synthesized.

    Args:
        context: added to the context of cdk.json.
        outdir: where the cloud assembly goes.
    """
    defaults = json.loads((ROOT / "cdk.json").read_text())["context"]
    app = cdk.App(context={**defaults, **(context or {})}, outdir=outdir, analytics_reporting=False)
    NotYours(
        app,
        "NotYours",
        code=function_code(_target(app)),
        page=page_source(app.node.try_get_context("page")),
        partners=load_partners(),
    )
    cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    return app


def _target(app: cdk.App) -> Target:
    return host() if app.node.try_get_context("platform") == "host" else CLOUD


if __name__ == "__main__":
    build(outdir=os.environ.get("CDK_OUTDIR", str(ROOT / "cdk.out"))).synth()
