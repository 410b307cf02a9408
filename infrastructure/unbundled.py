"""The app without bundle and built page, which change nothing in the template but two hashes.

Lint and tests look at this one: it takes seconds and needs neither uv's cache nor npm.
"""

from collections.abc import Iterable
from pathlib import Path

import aws_cdk as cdk

from infrastructure.app import build
from infrastructure.partners import Partner


def unbundled(folder: Path, partners: Iterable[Partner] | None = None, **context: str) -> cdk.App:
    """Define the app so that it is synthesized below `folder`, which is empty to begin with."""
    page = folder / "page"
    page.mkdir()
    (page / "index.html").touch()
    # CDK's own switch: assets are left as they are for every stack that is not listed.
    skip = {"page": str(page), "aws:cdk:bundling-stacks": []}
    return build(folder / "assembly", {**skip, **context}, partners)


def template_of(app: cdk.App) -> Path:
    """Synthesize, and say where the one stack's template is."""
    (stack,) = app.synth().stacks
    return Path(stack.template_full_path)
