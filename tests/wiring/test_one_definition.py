"""What runs on a laptop is what is deployed."""

import json
from pathlib import Path

from infrastructure.app import ROOT
from infrastructure.unbundled import template_of, unbundled
from tests.wiring.reading import Template


def test_the_platform_changes_the_bundle_and_nothing_else(
    template: Template, tmp_path: Path
) -> None:
    synthesized = json.loads(template_of(unbundled(tmp_path, platform="host")).read_text())
    here = Template(synthesized["Resources"])
    assert bundle(here) != bundle(template)
    assert json.dumps(here.resources).replace(bundle(here), bundle(template)) == (
        json.dumps(template.resources)
    )


def bundle(template: Template) -> str:
    """Return the key of the archive that all our functions run from."""
    functions = template.of_type("AWS::Lambda::Function").values()
    (key,) = {each["Code"]["S3Key"] for each in functions if "functions." in each["Handler"]}
    return str(key)


def test_the_command_line_runs_the_same_app() -> None:
    assert json.loads((ROOT / "cdk.json").read_text())["app"] == (
        ".venv/bin/python -m infrastructure.app"
    )
