"""The built page as an asset of the stack, and its way into the bucket."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aws_cdk as cdk
import jsii
from aws_cdk import aws_lambda as lambda_
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_s3_assets as assets
from constructs import Construct

from infrastructure.acknowledgements import acknowledge, everything_below
from infrastructure.fingerprint import fingerprint
from infrastructure.function import Function
from infrastructure.permissions import allow

ROOT = Path(__file__).parents[1]
_BUILT = ROOT / "web" / "dist"
_API_DESCRIPTION = ROOT / "contract" / "openapi.json"


@dataclass(frozen=True)
class PageSource:
    """The folder that the page was built into, and the API description served beside it."""

    folder: Path
    api_description: Path = _API_DESCRIPTION


def page_source(folder: str | None) -> PageSource:
    """Find the page in `folder`, or where `npm run build` leaves it.

    Raises:
        SystemExit: there is none; the message says what to do.
    """
    source = PageSource(Path(folder) if folder else _BUILT)
    if not (source.folder / "index.html").is_file():
        raise SystemExit(f"No page in {source.folder}: build it with `npm --prefix web run build`.")
    return source


class Page(Construct):
    """Publishes the page whenever the stack is deployed with another one."""

    def __init__(
        self, scope: Construct, ident: str, *, source: PageSource, bucket: s3.Bucket
    ) -> None:
        super().__init__(scope, ident)
        archive = _archive(self, source)
        publisher = Function(
            self,
            "Publisher",
            # Lambda's own boto3 will do here, so the file needs no bundle.
            code=lambda_.Code.from_asset(
                str(Path(__file__).with_name("publisher")), exclude=["__pycache__"]
            ),
            handler="handler.handler",
            service="publish",
            environment={},
            rights=[
                allow(["s3:GetObject"], archive.bucket.arn_for_objects(archive.s3_object_key)),
                allow(["s3:PutObject"], bucket.arn_for_objects("*")),
            ],
            timeout=cdk.Duration.minutes(2),
        )
        acknowledge(publisher.role, {everything_below(bucket, "/*"): "It writes every file."})
        cdk.CustomResource(
            self,
            "Published",
            service_token=publisher.function.function_arn,
            resource_type="Custom::Page",
            service_timeout=cdk.Duration.minutes(3),
            properties={
                "ArchiveBucket": archive.s3_bucket_name,
                "ArchiveKey": archive.s3_object_key,
                "PageBucket": bucket.bucket_name,
            },
        )


def _archive(scope: Construct, source: PageSource) -> assets.Asset:
    return assets.Asset(
        scope,
        "Archive",
        path=str(source.folder),
        asset_hash_type=cdk.AssetHashType.CUSTOM,
        asset_hash=_hash(source),
        bundling=cdk.BundlingOptions(
            image=cdk.DockerImage.from_registry("unused"), local=_Gathering(source)
        ),
    )


@jsii.implements(cdk.ILocalBundling)
class _Gathering:
    """Puts page and API description into one folder."""

    def __init__(self, source: PageSource) -> None:
        self._source = source

    def try_bundle(self, output_dir: str, *, image: cdk.DockerImage, **_options: Any) -> bool:
        shutil.copytree(self._source.folder, output_dir, dirs_exist_ok=True)
        shutil.copy(self._source.api_description, output_dir)
        return True


def _hash(source: PageSource) -> str:
    files = (file for file in source.folder.rglob("*") if file.is_file())
    page = fingerprint(source.folder, [file.relative_to(source.folder) for file in files])
    description = source.api_description
    return fingerprint(description.parent, [Path(description.name)], settings=page)
