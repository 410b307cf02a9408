"""What the CDK wrote, read back."""

import io
import json
import zipfile
from pathlib import Path

import pytest

from local.assembly import Assembly

MANIFEST = {
    "files": {
        "code": {
            "source": {"path": "asset.code", "packaging": "zip"},
            "destinations": {
                "current": {
                    "bucketName": "assets-${AWS::AccountId}-${AWS::Region}",
                    "objectKey": "code.zip",
                }
            },
        }
    }
}


@pytest.fixture
def assembly(tmp_path: Path) -> Assembly:
    (tmp_path / "Stack.assets.json").write_text(json.dumps(MANIFEST))
    (tmp_path / "Stack.template.json").write_text('{"Resources": {}}')
    code = tmp_path / "asset.code"
    (code / "inner").mkdir(parents=True)
    (code / "inner" / "run.sh").write_text("true")
    (code / "inner" / "run.sh").chmod(0o755)
    return Assembly(tmp_path)


def test_the_stack_is_found_by_its_files(assembly: Assembly) -> None:
    assert assembly.stack == "Stack"
    assert assembly.template == {"Resources": {}}


def test_a_bucket_is_the_local_accounts(assembly: Assembly) -> None:
    (asset,) = assembly.assets()

    assert (asset.bucket, asset.key) == ("assets-000000000000-eu-north-1", "code.zip")


def test_a_folder_is_uploaded_as_a_zip_that_keeps_names_and_modes(assembly: Assembly) -> None:
    (asset,) = assembly.assets()

    with zipfile.ZipFile(io.BytesIO(asset.payload())) as archive:
        (entry,) = archive.infolist()
    assert entry.filename == "inner/run.sh"
    assert entry.external_attr >> 16 & 0o777 == 0o755


def test_the_same_folder_gives_the_same_bytes(assembly: Assembly) -> None:
    (asset,) = assembly.assets()
    first = asset.payload()
    asset.source.with_name("asset.code.zip").unlink()
    (asset.source / "inner" / "run.sh").touch()

    assert asset.payload() == first
