"""What is given the operator's credentials is what was locked."""

import json

from infrastructure.app import ROOT

CDK = ROOT / "infrastructure" / "cdk"


def test_the_command_line_is_locked_by_hash_and_by_nobodys_address() -> None:
    wanted = json.loads((CDK / "package.json").read_text())["devDependencies"]
    packages = json.loads((CDK / "package-lock.json").read_text())["packages"]
    assert packages.pop("")["devDependencies"] == wanted
    assert {name.removeprefix("node_modules/") for name in packages} >= set(wanted)
    for package in packages.values():
        assert package["integrity"].startswith("sha512-")
        assert "resolved" not in package


def test_no_installation_runs_a_script_and_every_one_keeps_the_lock_free_of_addresses() -> None:
    settings = (CDK / ".npmrc").read_text().splitlines()
    assert {"ignore-scripts=true", "omit-lockfile-registry-resolved=true"} <= set(settings)


def test_make_runs_the_locked_one() -> None:
    makefile = (ROOT / "Makefile").read_text()
    assert "infrastructure/cdk/node_modules/.bin/cdk" in makefile
    assert "npx" not in makefile
